package org.tandem.api.document;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;

/**
 * The hash that two replicas compare: SHA-256 of the RFC 8785 form of the normalised operations.
 */
public final class DocumentHash {

  private DocumentHash() {}

  /** 64 lower-case hex digits. */
  public static String of(Delta document) {
    try {
      byte[] canonical = new JsonCanonicalizer(DeltaJson.write(document)).getEncodedUTF8();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (IOException | NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("a delta is always JSON", impossible);
    }
  }
}
