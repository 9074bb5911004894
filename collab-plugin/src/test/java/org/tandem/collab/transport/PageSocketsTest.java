package org.tandem.collab.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Access;
import org.tandem.api.host.Host;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Routes;
import org.tandem.api.host.SignIns;
import org.tandem.api.host.SocketRoute;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.api.host.Users;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.Limits;
import org.tandem.collab.runtime.Clockwork;
import org.tandem.collab.runtime.Node;
import org.tandem.collab.runtime.OnePageWiki;
import org.tandem.collab.runtime.TestPorts;
import org.tandem.collab.runtime.Wire;

class PageSocketsTest {

  private final PageId page = PageId.random();
  private final User user = new User(UserId.random(), "One", "#123456", false);
  private final OnePageWiki wiki = new OnePageWiki(page, Delta.builder().insert("\n").build());

  private static final class Silent implements Wire {

    @Override
    public void send(String text, Consumer<Boolean> done) {
      done.accept(true);
    }

    @Override
    public void closing(CloseCode code) {}

    @Override
    public void close(CloseCode code) {}
  }

  private static <T> T scripted(Class<T> type, InvocationHandler answers) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
  }

  private Object ofHost(String question) {
    return switch (question) {
      case "users" -> scripted(Users.class, (self, asked, about) -> Optional.of(user));
      case "routes" -> scripted(Routes.class, (self, asked, about) -> Optional.of(user));
      case "signIns" -> scripted(SignIns.class, (self, asked, about) -> Optional.empty());
      default -> wiki;
    };
  }

  private Object ofRequest(String question) {
    return switch (question) {
      case "getRequestURI" -> "/api/collab/v1/pages/" + page + "/socket";
      case "getHeaders" -> Collections.enumeration(List.of(PageSockets.SUBPROTOCOL));
      default -> null;
    };
  }

  @Test
  void aPersonHasAThousandOnANode() {
    try (LoopNetwork network = new LoopNetwork()) {
      Clockwork workers = new Clockwork();
      HybridClock clock = new HybridClock("a", workers::now);
      Node node =
          new Node(
              TestPorts.of(new InMemoryLog(), network.port("a"), wiki, clock, workers::now),
              workers);
      Host host = scripted(Host.class, (self, asked, about) -> ofHost(asked.getName()));
      HttpServletRequest request =
          scripted(HttpServletRequest.class, (self, asked, about) -> ofRequest(asked.getName()));
      PageSockets sockets =
          new PageSockets(
              host, new Tickets(null), node, new SignInWatch(host.signIns(), node), Limits.DEFAULT);
      for (int i = 0; i < 1_000; i++) {
        assertInstanceOf(SocketRoute.Answer.Accept.class, sockets.upgrade(request));
        node.connect(page, user, Access.EDIT, new Silent()).orElseThrow();
      }
      SocketRoute.Answer.Refuse refused =
          assertInstanceOf(SocketRoute.Answer.Refuse.class, sockets.upgrade(request));
      assertEquals(429, refused.status());
    }
  }
}
