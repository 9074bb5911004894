package org.tandem.collab.transport;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.SignInId;
import org.tandem.api.host.SignIns;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.runtime.LiveSession;
import org.tandem.collab.runtime.Node;

/**
 * Ends the connections of sign-ins that are over: signed out on whatever node, or expired. Every
 * node asks for its own ones, some seconds apart, with one question for all of them.
 *
 * <p>Threads: safe for use by any thread. While the database is away nobody is signed out.
 */
public final class SignInWatch {

  /** How long a sign-in's connections outlive it at the most, in milliseconds. */
  private static final long EVERY = 5_000;

  private static final Logger log = LoggerFactory.getLogger(SignInWatch.class);

  private final SignIns signIns;
  private final Node node;
  private final Map<SignInId, Set<LiveSession>> open = new ConcurrentHashMap<>();

  public SignInWatch(SignIns signIns, Node node) {
    this.signIns = signIns;
    this.node = node;
  }

  /** Watches from now on, as long as the node works. */
  public void start() {
    node.later(EVERY, this::look);
  }

  void opened(SignInId signIn, LiveSession session) {
    open.compute(
        signIn,
        (same, known) -> {
          Set<LiveSession> sessions = known == null ? ConcurrentHashMap.newKeySet() : known;
          sessions.add(session);
          return sessions;
        });
  }

  void closed(SignInId signIn, LiveSession session) {
    open.computeIfPresent(
        signIn,
        (same, sessions) -> {
          sessions.remove(session);
          return sessions.isEmpty() ? null : sessions;
        });
  }

  private void look() {
    try {
      Set<SignInId> asked = Set.copyOf(open.keySet());
      if (!asked.isEmpty()) {
        Set<SignInId> holding = signIns.holding(asked);
        asked.stream().filter(signIn -> !holding.contains(signIn)).forEach(this::end);
      }
    } catch (LogUnavailable away) {
      log.warn("Sign-ins are looked at later: {}", away.getMessage());
    } catch (RuntimeException | Error bug) {
      log.error("Sign-ins could not be looked at, and are later", bug);
    } finally {
      node.later(EVERY, this::look);
    }
  }

  private void end(SignInId signIn) {
    Set<LiveSession> sessions = open.getOrDefault(signIn, Set.of());
    log.info("A sign-in is over: {} connections end", sessions.size());
    sessions.forEach(LiveSession::signedOut);
  }
}
