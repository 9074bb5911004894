package org.tandem.wiki.auth;

import java.time.Duration;
import org.tandem.wiki.auth.token.Rotation;

/** What became of a name and a password. */
sealed interface SignInOutcome {

  /** Right: these are the tokens. */
  record SignedIn(Rotation.Rotated signIn) implements SignInOutcome {}

  /** Wrong; it is not said which of the two. */
  record Wrong() implements SignInOutcome {

    static final String DETAIL = "Name or password is not right: check both and try again.";
  }

  /** Not looked at: too many attempts before. */
  record Wait(Duration time) implements SignInOutcome {

    long seconds() {
      return Math.max(1, time.toSeconds() + 1);
    }

    String detail() {
      return "Too many attempts to sign in: wait "
          + (seconds() < 90 ? seconds() + " seconds" : (seconds() + 59) / 60 + " minutes")
          + ", then try again.";
    }
  }
}
