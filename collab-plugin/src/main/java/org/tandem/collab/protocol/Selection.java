package org.tandem.collab.protocol;

/**
 * A caret or selection in the document at a revision.
 *
 * @param rev of the document that the numbers are of
 * @param index UTF-16 code units before it
 * @param length UTF-16 code units in it, 0 for a caret
 */
public record Selection(long rev, int index, int length) {}
