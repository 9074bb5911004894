package org.tandem.wiki.view.frame;

import java.util.Locale;
import java.util.Optional;
import org.tandem.api.host.User;

/**
 * The frame around a page: who looks at it, and what the browser loads.
 *
 * @param unread how many notifications she has not read
 * @param locale of the wiki
 * @param csrf the token that forms send back
 * @param nonce lets this page's own script elements run
 */
public record Shell(
    Optional<User> user, int unread, Locale locale, String csrf, String nonce, WebManifest web) {

  /** Who keeps text on the device; empty when nobody is known, as while the database is away. */
  public String userId() {
    return user.map(known -> known.id().toString()).orElse("");
  }

  public boolean isAdmin() {
    return user.map(User::admin).orElse(false);
  }
}
