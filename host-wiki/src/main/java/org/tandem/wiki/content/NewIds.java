package org.tandem.wiki.content;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/**
 * Ids for new tables, rows and columns of one save. Nobody else's save gives the same ones, so that
 * two people may add to a table at once; the same save, repeated, does, so that it is known again.
 * Threads: one.
 */
final class NewIds {

  private static final int LENGTH = 8;

  /** Letters and digits; an id has five bits of each. */
  private static final int RADIX = 32;

  private final String save;
  private int count;

  /**
   * @param save what the save is told from all others by
   */
  NewIds(String save) {
    this.save = save;
  }

  /** An id that is not among those given, and is now. */
  String next(Set<String> ids) {
    String id = next();
    while (!ids.add(id)) {
      id = next();
    }
    return id;
  }

  private String next() {
    byte[] hash = sha256(save + "\n" + count++);
    String digits = new BigInteger(1, hash).toString(RADIX);
    return digits.substring(digits.length() - LENGTH);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
