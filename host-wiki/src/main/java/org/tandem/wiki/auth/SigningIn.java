package org.tandem.wiki.auth;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.tandem.api.host.UserId;
import org.tandem.wiki.auth.guard.AuthCookies;
import org.tandem.wiki.auth.guard.Callers;
import org.tandem.wiki.auth.guard.RequestGuard;
import org.tandem.wiki.auth.password.FailedAttempts;
import org.tandem.wiki.auth.password.OneTimePasswords;
import org.tandem.wiki.auth.password.Passwords;
import org.tandem.wiki.auth.token.AccessTokens;
import org.tandem.wiki.auth.token.KeyRing;
import org.tandem.wiki.auth.token.SignIns;
import org.tandem.wiki.auth.token.Transactions;
import org.tandem.wiki.user.Accounts;
import org.tandem.wiki.view.Screens;

/** Everything that signing in is made of, wired. Threads: safe for use by any thread. */
public final class SigningIn {

  private final Accounts accounts;
  private final Passwords passwords = new Passwords();
  private final OneTimePasswords oneTime;
  private final AuthCookies cookies;
  private final Authentication authentication;
  private final RequestGuard guard;
  private final HeldSignIns held;

  public SigningIn(DataSource pool, Accounts accounts, URI publicUrl, Clock clock) {
    Transactions database = new Transactions(pool);
    SignIns signIns = new SignIns(database, clock);
    AccessTokens tokens = new AccessTokens(KeyRing.open(database, clock), clock);
    this.accounts = accounts;
    this.held = new HeldSignIns(signIns);
    this.oneTime = new OneTimePasswords(database);
    this.cookies = new AuthCookies(tokens, publicUrl.getScheme().equalsIgnoreCase("https"));
    Callers callers = new Callers(tokens, signIns, accounts, oneTime, clock);
    this.authentication =
        new Authentication(
            accounts, signIns, callers, passwords, oneTime, new FailedAttempts(clock));
    this.guard = new RequestGuard(callers, publicUrl);
  }

  public RequestGuard guard() {
    return guard;
  }

  /** For plugins. */
  public org.tandem.api.host.SignIns held() {
    return held;
  }

  /** To be mounted at {@code /api/auth/*}. */
  public AuthServlet calls() {
    return new AuthServlet(authentication, cookies);
  }

  /** The pages of signing in and out and of the password, as Jersey resources. */
  public List<Object> pages(Screens screens) {
    return List.of(
        new SignInForm(authentication, cookies, screens),
        new SignOutForm(authentication, cookies),
        new PasswordPage(authentication, cookies, screens));
  }

  public String hash(String password) {
    return passwords.hash(password);
  }

  /** Whether the user has a one-time password and has not changed it yet. */
  public boolean isPasswordDue(UserId user) {
    return oneTime.isDue(user);
  }

  /** Gives the account a password that must be changed at the next sign-in; the password. */
  public String oneTimePassword(UserId user) {
    String password = passwords.oneTime();
    oneTime.demand(user);
    accounts.password(user, passwords.hash(password));
    return password;
  }
}
