package org.tandem.testkit.protocol;

import java.util.UUID;

/** The client's frames as texts. */
final class Say {

  private Say() {}

  static String join(UUID client) {
    return "{\"t\":\"join\",\"client\":\"" + client + "\",\"rev\":null}";
  }

  static String join(UUID client, long rev) {
    return "{\"t\":\"join\",\"client\":\"" + client + "\",\"rev\":" + rev + "}";
  }

  /** A change that inserts text at the front. */
  static String op(long seq, long rev, String text) {
    return delta(seq, rev, "[{\"insert\":\"" + text + "\"}]");
  }

  static String delta(long seq, long rev, String delta) {
    return "{\"t\":\"op\",\"seq\":" + seq + ",\"rev\":" + rev + ",\"delta\":" + delta + "}";
  }

  /** A branch of changes that each insert one letter at the front. */
  static String branch(long seq, long rev, String letters) {
    StringBuilder ops = new StringBuilder();
    letters
        .chars()
        .forEach(
            letter ->
                ops.append(ops.isEmpty() ? "" : ",")
                    .append("[{\"insert\":\"" + (char) letter + "\"}]"));
    return "{\"t\":\"branch\",\"seq\":" + seq + ",\"rev\":" + rev + ",\"ops\":[" + ops + "]}";
  }

  static String cursor(long rev, long index, long length) {
    return "{\"t\":\"cursor\",\"rev\":"
        + rev
        + ",\"index\":"
        + index
        + ",\"length\":"
        + length
        + "}";
  }

  static String check(long rev, String hash) {
    return "{\"t\":\"check\",\"rev\":" + rev + ",\"hash\":\"" + hash + "\"}";
  }

  /** A message to a plugin, with ' for the quotation marks. */
  static String message(String plugin) {
    return ("{'t':'message','plugin':" + plugin + "}").replace('\'', '"');
  }

  /** A presence field and what it shows, with ' for the quotation marks. */
  static String presence(String field) {
    return ("{'t':'presence','field':" + field + "}").replace('\'', '"');
  }

  static String ping(String at) {
    return "{\"t\":\"ping\",\"at\":" + at + "}";
  }
}
