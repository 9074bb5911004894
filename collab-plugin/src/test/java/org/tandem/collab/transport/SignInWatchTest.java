package org.tandem.collab.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.SignInId;
import org.tandem.api.host.SignIns;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.runtime.Clockwork;
import org.tandem.collab.runtime.Node;
import org.tandem.collab.runtime.OnePageWiki;
import org.tandem.collab.runtime.TestPorts;
import org.tandem.collab.runtime.Wire;

class SignInWatchTest {

  private final PageId page = PageId.random();
  private final Clockwork workers = new Clockwork();
  private boolean faulty = true;
  private Optional<CloseCode> closed = Optional.empty();

  /** Those that nobody signed out of, which are none; first it fails. */
  private final class Scripted implements SignIns {

    @Override
    public Optional<SignInId> signIn(HttpServletRequest request) {
      return Optional.empty();
    }

    @Override
    public Set<SignInId> holding(Set<SignInId> asked) {
      if (faulty) {
        throw new IllegalStateException("a bug, as the test wants");
      }
      return Set.of();
    }
  }

  private final class Door implements Wire {

    @Override
    public void send(String text, Consumer<Boolean> done) {
      done.accept(true);
    }

    @Override
    public void closing(CloseCode code) {}

    @Override
    public void close(CloseCode code) {
      closed = Optional.of(code);
    }
  }

  /** Nobody heard of it, while no sign-in ended any connection. */
  @Test
  void aFaultIsLoggedAndItLooksAgain() {
    Logger logger = (Logger) LoggerFactory.getLogger(SignInWatch.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    try (LoopNetwork network = new LoopNetwork()) {
      HybridClock clock = new HybridClock("a", workers::now);
      OnePageWiki wiki = new OnePageWiki(page, Delta.builder().insert("\n").build());
      Node node =
          new Node(
              TestPorts.of(new InMemoryLog(), network.port("a"), wiki, clock, workers::now),
              workers);
      SignInWatch watch = new SignInWatch(new Scripted(), node);
      watch.start();
      User user = new User(UserId.random(), "One", "#123456", false);
      watch.opened(
          new SignInId(UUID.randomUUID()),
          node.connect(page, user, Access.EDIT, new Door()).orElseThrow());
      workers.runUntil(6_000);
      assertEquals(1, logged.list.stream().filter(line -> line.getLevel() == Level.ERROR).count());
      assertEquals(Optional.empty(), closed);
      faulty = false;
      workers.runUntil(11_000);
      assertEquals(Optional.of(CloseCode.SIGNED_OUT), closed);
    } finally {
      logger.detachAppender(logged);
    }
  }
}
