package org.tandem.wiki.auth.guard;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.tandem.api.host.User;
import org.tandem.wiki.auth.password.OneTimePasswords;
import org.tandem.wiki.auth.token.AccessToken;
import org.tandem.wiki.auth.token.AccessTokens;
import org.tandem.wiki.auth.token.SignIns;
import org.tandem.wiki.user.Accounts;

/**
 * Says who sent a request, by its access cookie. A sign-in that was ended on another node is known
 * here within {@value #SECONDS_KEPT} s. Threads and failure as for {@link SignIns}.
 */
public final class Callers {

  static final int SECONDS_KEPT = 5;

  private static final String KNOWN = "org.tandem.caller";

  private final AccessTokens tokens;
  private final Clock clock;
  private final LoadingCache<UUID, Optional<Caller>> signedIn;

  public Callers(
      AccessTokens tokens,
      SignIns signIns,
      Accounts accounts,
      OneTimePasswords oneTime,
      Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
    this.signedIn =
        Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(SECONDS_KEPT))
            .build(
                signIn ->
                    signIns
                        .user(signIn)
                        .flatMap(accounts::user)
                        .map(user -> new Caller(user, signIn, oneTime.isDue(user.id()))));
  }

  /** Who sent a request that has passed the guard. */
  public static Optional<User> user(HttpServletRequest request) {
    return caller(request).map(Caller::user);
  }

  /** The same, with the sign-in. */
  public static Optional<Caller> caller(HttpServletRequest request) {
    return request.getAttribute(KNOWN) instanceof Caller caller
        ? Optional.of(caller)
        : Optional.empty();
  }

  /** Looks up who sent the request, for everybody behind the guard. */
  Optional<Caller> identify(HttpServletRequest request) {
    Optional<Caller> caller =
        token(request)
            .filter(token -> !token.isExpired(clock.instant()))
            .flatMap(token -> signedIn.get(token.signIn()));
    caller.ifPresent(known -> request.setAttribute(KNOWN, known));
    return caller;
  }

  /** The access token that the request carries, also when it has expired. */
  public Optional<AccessToken> token(HttpServletRequest request) {
    return AuthCookies.value(request, AuthCookies.ACCESS).flatMap(tokens::read);
  }

  /** What is known of sign-ins is looked up again: some were ended, or changed. */
  public void forget() {
    signedIn.invalidateAll();
  }
}
