package org.tandem.wiki.auth.token;

import java.util.UUID;
import org.tandem.api.host.UserId;

/** What became of a refresh token that was presented. */
public sealed interface Rotation {

  /**
   * It was good, and this one takes its place.
   *
   * @param refreshToken the next one, for the browser alone
   */
  record Rotated(UserId user, UUID signIn, String refreshToken) implements Rotation {

    /** Without the token. */
    @Override
    public String toString() {
      return "Rotated[" + user + ", " + signIn + "]";
    }
  }

  /** It is none of ours, or its sign-in is over. */
  record Refused() implements Rotation {}

  /** It was used up before: somebody has a copy. Its sign-in is ended. */
  record Reused(UserId user) implements Rotation {}
}
