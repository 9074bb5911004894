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

  /** Makes the demo's accounts and pages, or an administrator, in a wiki without accounts. */
  void make(boolean demo) {
    if (!core.accounts().any()) {
      if (demo) {
        core.demo().create(signingIn.hash(WikiSettings.DEMO_PASSWORD));
      } else {
        core.accounts().create(ADMIN, NONE_YET, true);
      }
    }
  }

  /**
   * A one-time password for the administrator of a wiki that nobody has entered as such. A new one
   * at each start until it is used: the one before may never have been read, because that start
   * failed later or was killed. Called when nothing but the telling is left to do.
   */
  Optional<String> adminPassword() {
    return core.accounts()
        .credentials(ADMIN)
        .filter(
            credentials ->
                credentials.passwordHash().equals(NONE_YET)
                    || signingIn.isPasswordDue(credentials.user()))
        .map(Credentials::user)
        .map(signingIn::oneTimePassword);
  }

  /** Whether the demo's accounts are there. */
  boolean areDemo() {
    return core.accounts().named("editor1").isPresent()
        && core.accounts().named("viewer").isPresent();
  }
}
