package org.tandem.wiki.auth.password;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Hashes and checks passwords with Argon2id. Threads: safe for use by any thread; few checks run at
 * once, because each takes 19 MiB and much time of a processor.
 */
public final class Passwords {

  public static final int SHORTEST = 10;
  public static final int LONGEST = 200;

  /** What a check found; BUSY: too many checks are under way, ask again in a few seconds. */
  public enum Answer {
    RIGHT,
    WRONG,
    BUSY
  }

  private static final Argon2Function ARGON2ID =
      Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);
  private static final int SALT_BYTES = 16;
  private static final long PATIENCE_MS = 2000;

  // No letters and digits that look alike: people type it from a terminal.
  private static final String ONE_TIME_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private final SecureRandom random = new SecureRandom();
  private final Semaphore places =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));
  private final String hashOfNobody = hash(oneTime());

  public String hash(String password) {
    return Password.hash(password).addRandomSalt(SALT_BYTES).with(ARGON2ID).getResult();
  }

  /**
   * Compares a password with a hash. Without a hash (no such account) it does the same work, so
   * that the time of the answer does not tell which names exist.
   */
  public Answer check(String password, Optional<String> hash) {
    if (password.isEmpty() || password.length() > LONGEST) {
      return Answer.WRONG;
    }
    if (!enter()) {
      return Answer.BUSY;
    }
    try {
      boolean same = matches(password, hash.orElse(hashOfNobody));
      return same && hash.isPresent() ? Answer.RIGHT : Answer.WRONG;
    } finally {
      places.release();
    }
  }

  private boolean enter() {
    try {
      return places.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean matches(String password, String hash) {
    try {
      return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    } catch (BadParametersException noArgon2Hash) {
      return false;
    }
  }

  /** A password for one use: 16 letters and digits in groups of four, about 79 bits. */
  public String oneTime() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      password.append(i > 0 && i % 4 == 0 ? "-" : "");
      password.append(ONE_TIME_LETTERS.charAt(random.nextInt(ONE_TIME_LETTERS.length())));
    }
    return password.toString();
  }
}
