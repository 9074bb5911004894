package org.tandem.collab.page;

/**
 * The last change of a client that has its place.
 *
 * @param seq 0 when the client has none yet
 * @param rev its revision
 */
public record Mark(long seq, long rev) {

  public static final Mark NONE = new Mark(0, 0);
}
