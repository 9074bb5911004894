package org.tandem.sample.glossary;

/**
 * A glossary: a marked heading and what stands below it, up to the next heading of its level or a
 * higher one, or to the end of the page.
 *
 * @param from where the heading's line begins
 * @param to where the next section begins
 */
record Section(int from, int to) {

  int length() {
    return to - from;
  }

  /** Whether what is put at a position stands in it; at its beginning it stands before it. */
  boolean takes(int position) {
    return from < position && position < to;
  }

  boolean overlaps(int otherFrom, int otherTo) {
    return from < otherTo && otherFrom < to;
  }

  Section moved(int newFrom) {
    return new Section(newFrom, newFrom + length());
  }
}
