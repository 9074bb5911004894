package org.tandem.wiki.plugin.extension;

/**
 * What plugins' code may take where somebody waits for it, in milliseconds. It is time that passes,
 * not work that is done, so a test on a machine that is busy with others gives more.
 *
 * @param checks for all checks of one change, and for one value of a presence field
 * @param looks for all values of a document that are to be shown
 * @param words for the words of all plugins for one page
 */
public record Times(long checks, long looks, long words) {

  /** What a wiki gives. */
  public static final Times USUAL = new Times(100, 250, 250);
}
