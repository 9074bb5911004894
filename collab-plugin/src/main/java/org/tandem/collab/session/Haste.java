package org.tandem.collab.session;

/**
 * What came too fast, of any kind. One that waits as it is told is forgiven; a flood meets a free
 * place now and then. Threads: one at a time.
 */
final class Haste {

  /** What a client is told to wait, in milliseconds. */
  static final long RETRY_AFTER = 1_000;

  /** So many refusals, each soon after the one before, end the connection. */
  static final int REFUSED = 200;

  private int refused;
  private long refusedAt;

  /** One more is refused; whether that is the end. */
  boolean tooMuch(long now) {
    refused = now - refusedAt < RETRY_AFTER ? refused + 1 : 1;
    refusedAt = now;
    return refused > REFUSED;
  }
}
