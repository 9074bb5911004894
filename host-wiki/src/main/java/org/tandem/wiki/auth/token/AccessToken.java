package org.tandem.wiki.auth.token;

import java.time.Instant;
import java.util.UUID;
import org.tandem.api.host.UserId;

/**
 * What an access token of ours says; its signature was checked, its end was not.
 *
 * @param signIn names the sign-in that it belongs to
 */
public record AccessToken(UserId user, UUID signIn, Instant expiresAt) {

  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
