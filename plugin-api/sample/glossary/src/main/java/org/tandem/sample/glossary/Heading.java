package org.tandem.sample.glossary;

/**
 * A heading of a page.
 *
 * @param from where its line begins
 * @param level 1 to 3; 1 is the highest
 * @param marked whether it begins a glossary
 */
record Heading(int from, int level, boolean marked) {

  Heading moved(int by) {
    return new Heading(from + by, level, marked);
  }
}
