package org.tandem.api.document;

import org.tandem.api.delta.Delta;

/**
 * The hash that two replicas compare: SHA-256 of the RFC 8785 form of the normalised operations.
 */
public final class DocumentHash {

  private DocumentHash() {}

  /** 64 lower-case hex digits. */
  public static String of(Delta document) {
    return of(LiveDocument.of(document));
  }

  /**
   * The same. What a live document shares with one that was hashed before costs no more than
   * SHA-256 over it.
   */
  public static String of(LiveDocument document) {
    return document.hash();
  }
}
