package org.tandem.sample.callouts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;

/**
 * Tells mentions that the wiki has made from those that a client made up, another person's name
 * under somebody's id for example. A check of changes does no I/O, so it cannot ask for names; but
 * it can see that the name was asked for when the mention was chosen.
 *
 * <p>Threads: safe for use by any thread.
 */
final class Seal {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 16;

  private final SecretKeySpec key;

  /**
   * @param key the same on all nodes
   */
  Seal(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** A new mention of a person. */
  Mention mention(User person) {
    UUID id = UUID.randomUUID();
    return new Mention(person.id(), person.name(), id, of(person.id(), person.name(), id, mac()));
  }

  /** Whether the wiki has made all of these. */
  boolean holds(List<Mention> mentions) {
    // Ready for the next one after each, and of this thread alone.
    Mac mac = mac();
    for (Mention mention : mentions) {
      String own = of(mention.user(), mention.name(), mention.id(), mac);
      if (!MessageDigest.isEqual(bytes(own), bytes(mention.seal()))) {
        return false;
      }
    }
    return true;
  }

  private static String of(UserId user, String name, UUID id, Mac mac) {
    byte[] whole = mac.doFinal(bytes(user + " " + id + " " + name));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, BYTES));
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
