package org.tandem.wiki.user;

import org.tandem.api.host.UserId;

/** What a sign-in is checked against. */
public record Credentials(UserId user, String passwordHash) {

  /** Without the hash. */
  @Override
  public String toString() {
    return "Credentials[" + user + "]";
  }
}
