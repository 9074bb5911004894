package org.tandem.api.host;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/**
 * The sign-ins of the wiki's people, for what outlives the request that opened it: whoever keeps a
 * connection open asks now and then whether its sign-in still holds. Threads and failure as for
 * {@link Pages}.
 */
public interface SignIns {

  /** The sign-in that a request belongs to; empty for nobody's. As {@link Routes#caller}. */
  Optional<SignInId> signIn(HttpServletRequest request);

  /**
   * Those that hold: not signed out, here or everywhere, not ended for a stolen token, and not
   * expired.
   */
  Set<SignInId> holding(Set<SignInId> asked);
}
