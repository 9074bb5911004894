package org.tandem.wiki.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.UserId;
import org.tandem.wiki.auth.guard.AuthCookies;
import org.tandem.wiki.auth.guard.Caller;
import org.tandem.wiki.auth.guard.Callers;
import org.tandem.wiki.auth.password.FailedAttempts;
import org.tandem.wiki.auth.password.OneTimePasswords;
import org.tandem.wiki.auth.password.Passwords;
import org.tandem.wiki.auth.token.AccessToken;
import org.tandem.wiki.auth.token.Rotation;
import org.tandem.wiki.auth.token.SignIns;
import org.tandem.wiki.user.Accounts;
import org.tandem.wiki.user.Credentials;

/** Signs people in and out, and changes passwords. Threads and failure as for {@link SignIns}. */
public final class Authentication {

  /** What became of a change of the password. */
  enum Change {
    DONE,
    WRONG_PASSWORD,
    TOO_SHORT,
    TOO_LONG,
    SAME,
    WAIT
  }

  private static final Logger LOG = LoggerFactory.getLogger(Authentication.class);

  private final Accounts accounts;
  private final SignIns signIns;
  private final Callers callers;
  private final Passwords passwords;
  private final OneTimePasswords oneTime;
  private final FailedAttempts attempts;

  public Authentication(
      Accounts accounts,
      SignIns signIns,
      Callers callers,
      Passwords passwords,
      OneTimePasswords oneTime,
      FailedAttempts attempts) {
    this.accounts = accounts;
    this.signIns = signIns;
    this.callers = callers;
    this.passwords = passwords;
    this.oneTime = oneTime;
    this.attempts = attempts;
  }

  SignInOutcome signIn(String name, String password, String address) {
    Optional<Duration> wait = attempts.wait(name, address);
    if (wait.isPresent()) {
      return new SignInOutcome.Wait(wait.get());
    }
    Optional<Credentials> account = accounts.credentials(name);
    return switch (passwords.check(password, account.map(Credentials::passwordHash))) {
      case RIGHT -> {
        attempts.succeeded(name, address);
        yield new SignInOutcome.SignedIn(signIns.begin(account.orElseThrow().user()));
      }
      case WRONG -> {
        attempts.failed(name, address);
        LOG.info("A sign-in from {} failed", address);
        yield new SignInOutcome.Wrong();
      }
      case BUSY -> new SignInOutcome.Wait(Duration.ofSeconds(2));
    };
  }

  Rotation refresh(String refreshToken) {
    Rotation rotation = signIns.rotate(refreshToken);
    if (rotation instanceof Rotation.Reused reused) {
      callers.forget();
      LOG.warn("A used refresh token of user {} came again: that sign-in is ended", reused.user());
    }
    return rotation;
  }

  /** Ends the sign-in that the request's cookies belong to. */
  void signOut(HttpServletRequest request) {
    signIn(request).ifPresent(signIns::end);
    callers.forget();
  }

  /** Ends every sign-in of this user. */
  void signOutEverywhere(UserId user) {
    signIns.endAll(user);
    callers.forget();
  }

  private Optional<UUID> signIn(HttpServletRequest request) {
    return callers
        .token(request)
        .map(AccessToken::signIn)
        .or(() -> AuthCookies.value(request, AuthCookies.REFRESH).flatMap(signIns::signIn));
  }

  /** Changes the password, and ends all sign-ins that were made with the old one. */
  Change changePassword(Caller caller, String current, String next, String address) {
    String name = caller.user().name();
    if (next.length() < Passwords.SHORTEST) {
      return Change.TOO_SHORT;
    } else if (next.length() > Passwords.LONGEST) {
      return Change.TOO_LONG;
    } else if (next.equals(current)) {
      return Change.SAME;
    } else if (attempts.wait(name, address).isPresent()) {
      return Change.WAIT;
    }
    Optional<String> hash = accounts.credentials(name).map(Credentials::passwordHash);
    return switch (passwords.check(current, hash)) {
      case RIGHT -> {
        accounts.password(caller.user().id(), passwords.hash(next));
        oneTime.settle(caller.user().id());
        signOutEverywhere(caller.user().id());
        yield Change.DONE;
      }
      case WRONG -> {
        attempts.failed(name, address);
        yield Change.WRONG_PASSWORD;
      }
      case BUSY -> Change.WAIT;
    };
  }

  /** A new sign-in of somebody who has just proved to know the password. */
  Rotation.Rotated signInAgain(UserId user) {
    return signIns.begin(user);
  }
}
