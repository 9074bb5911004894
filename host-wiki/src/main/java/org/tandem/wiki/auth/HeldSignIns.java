package org.tandem.wiki.auth;

import static java.util.stream.Collectors.toUnmodifiableSet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.tandem.api.host.SignInId;
import org.tandem.api.host.SignIns;
import org.tandem.wiki.auth.guard.Callers;

/** What plugins may know of sign-ins. */
record HeldSignIns(org.tandem.wiki.auth.token.SignIns stored) implements SignIns {

  @Override
  public Optional<SignInId> signIn(HttpServletRequest request) {
    return Callers.caller(request).map(caller -> new SignInId(caller.signIn()));
  }

  @Override
  public Set<SignInId> holding(Set<SignInId> asked) {
    return stored.holding(asked.stream().map(SignInId::value).collect(toUnmodifiableSet())).stream()
        .map(SignInId::new)
        .collect(toUnmodifiableSet());
  }
}
