package org.tandem.wiki;

import java.util.Optional;
import org.tandem.wiki.auth.SigningIn;
import org.tandem.wiki.core.Core;
import org.tandem.wiki.settings.WikiSettings;
import org.tandem.wiki.user.Credentials;

/** Makes the accounts that a new wiki starts with. */
final class FirstPeople {

  private static final String ADMIN = "admin";

  /** The hash of no password. */
  private static final String NONE_YET = "-";

  private final Core core;
  private final SigningIn signingIn;

  FirstPeople(Core core, SigningIn signingIn) {
    this.core = core;
    this.signingIn = signingIn;
  }

  /**
   * Makes the demo's accounts and pages, or an administrator, in a wiki without accounts.
   *
   * @return the one-time password of the administrator, if one was made
   */
  Optional<String> make(boolean demo) {
    if (!core.accounts().any()) {
      if (demo) {
        core.demo().create(signingIn.hash(WikiSettings.DEMO_PASSWORD));
      } else {
        core.accounts().create(ADMIN, NONE_YET, true);
      }
    }
    // Looked up again, so that a start which was cut short here is made good by the next.
    return core.accounts()
        .credentials(ADMIN)
        .filter(credentials -> credentials.passwordHash().equals(NONE_YET))
        .map(Credentials::user)
        .map(signingIn::oneTimePassword);
  }

  /** Whether the demo's accounts are there. */
  boolean areDemo() {
    return core.accounts().named("editor1").isPresent()
        && core.accounts().named("viewer").isPresent();
  }
}
