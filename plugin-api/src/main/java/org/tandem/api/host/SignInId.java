package org.tandem.api.host;

import java.util.UUID;

/**
 * The name of one sign-in: of one person, on one device, from the password to its end.
 *
 * @param value made by the wiki; no secret, and no way to sign in
 */
public record SignInId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
