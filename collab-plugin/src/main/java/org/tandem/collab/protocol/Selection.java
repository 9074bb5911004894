package org.tandem.collab.protocol;

/**
 * A caret or selection in the document at a revision.
 *
 * @param rev of the document that the numbers are of
 * @param index UTF-16 code units before it
 * @param length UTF-16 code units in it, 0 for a caret
 */
public record Selection(long rev, int index, int length) {

  /** As much of it as lies in a document of this length, whose last place is a newline. */
  public Selection within(int documentLength) {
    int last = documentLength - 1;
    int start = Math.min(index, last);
    return new Selection(rev, start, Math.min(length, last - start));
  }
}
