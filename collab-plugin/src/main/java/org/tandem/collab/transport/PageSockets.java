package org.tandem.collab.transport;

import jakarta.servlet.http.HttpServletRequest;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tandem.api.host.Access;
import org.tandem.api.host.Host;
import org.tandem.api.host.PageId;
import org.tandem.api.host.SocketRoute;
import org.tandem.api.host.User;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.protocol.FrameDecoder;
import org.tandem.collab.protocol.Limits;
import org.tandem.collab.runtime.Node;

/** {@code GET /api/collab/v1/pages/{page}/socket}: who may open a socket, and to what. */
public final class PageSockets implements SocketRoute {

  static final String SUBPROTOCOL = "tandem.v1";

  private static final Pattern PATH = Pattern.compile(".*/collab/v1/pages/([^/]+)/socket");
  private static final int SOCKETS_PER_USER = 1_000;

  private final Host host;
  private final Tickets tickets;
  private final Node node;
  private final SignInWatch signIns;
  private final FrameDecoder decoder;
  private final Limits limits;

  public PageSockets(Host host, Tickets tickets, Node node, SignInWatch signIns, Limits limits) {
    this.host = host;
    this.tickets = tickets;
    this.node = node;
    this.signIns = signIns;
    this.limits = limits;
    this.decoder = new FrameDecoder(limits);
  }

  @Override
  public Answer upgrade(HttpServletRequest request) {
    Matcher path = PATH.matcher(request.getRequestURI());
    if (!path.matches()) {
      return new Answer.Refuse(404, "Sockets open at /api/collab/v1/pages/<page id>/socket.");
    }
    Optional<PageId> page = PageId.parse(path.group(1));
    if (page.isEmpty()) {
      return new Answer.Refuse(400, "The address must hold a page id, a UUID.");
    }
    if (!offered(request).contains(SUBPROTOCOL)) {
      return new Answer.Refuse(426, "Offer the sub-protocol " + SUBPROTOCOL + ".");
    }
    if (node.draining()) {
      return new Answer.Refuse(503, "This node is going down: connect again.");
    }
    try {
      return upgrade(request, page.get());
    } catch (LogUnavailable | UncheckedIOException away) {
      return new Answer.Refuse(503, "The database does not answer; try again soon.");
    }
  }

  private Answer upgrade(HttpServletRequest request, PageId page) {
    Optional<Tickets.Ticket> caller = caller(request, page);
    Optional<User> user = caller.map(Tickets.Ticket::user).flatMap(host.users()::user);
    if (user.isEmpty()) {
      return new Answer.Refuse(401, "Sign in, or ask for a new ticket: a ticket serves once.");
    }
    if (host.pages().page(page).isEmpty()) {
      return new Answer.Refuse(404, "There is no such page.");
    }
    Access access = host.access().access(page, user.get().id());
    if (!access.allows(Access.VIEW)) {
      return new Answer.Refuse(403, "Ask an admin of the page for access.");
    }
    if (node.connections(user.get()) >= SOCKETS_PER_USER) {
      return new Answer.Refuse(429, "Too many connections of one user: close some.");
    }
    return new Answer.Accept(
        new PageEndpoint(
            node,
            decoder,
            limits,
            page,
            new PageEndpoint.Visitor(user.get(), access, caller.get().signIn()),
            signIns),
        SUBPROTOCOL,
        limits.message());
  }

  private Optional<Tickets.Ticket> caller(HttpServletRequest request, PageId page) {
    String ticket = request.getParameter("ticket");
    return ticket == null
        ? host.routes()
            .caller(request)
            .map(user -> new Tickets.Ticket(user.id(), host.signIns().signIn(request)))
        : tickets.redeem(page, ticket);
  }

  private static List<String> offered(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
        .flatMap(line -> Stream.of(line.split(",")))
        .map(String::trim)
        .toList();
  }
}
