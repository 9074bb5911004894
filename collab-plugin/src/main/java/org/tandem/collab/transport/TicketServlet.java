package org.tandem.collab.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.tandem.api.host.Access;
import org.tandem.api.host.Host;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.protocol.Json;

/** {@code POST /api/collab/tickets}. */
public final class TicketServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final int MAX_BODY = 4_096;

  private final transient Host host;
  private final transient Tickets tickets;
  private final transient ObjectMapper json = Json.mapper().build();

  public TicketServlet(Host host, Tickets tickets) {
    this.host = host;
    this.tickets = tickets;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!"/tickets".equals(request.getPathInfo())) {
      Problem.send(response, 404, "Not found", "Co-editing has POST /api/collab/tickets only.");
    } else if (!"POST".equals(request.getMethod())) {
      response.setHeader("Allow", "POST");
      Problem.send(response, 405, "Method not allowed", "Tickets are made by POST.");
    } else {
      Optional<User> caller = host.routes().caller(request);
      if (caller.isEmpty()) {
        Problem.send(response, 401, "Not signed in", "Sign in and ask again.");
      } else {
        issue(request, response, caller.get());
      }
    }
  }

  private void issue(HttpServletRequest request, HttpServletResponse response, User user)
      throws IOException {
    Optional<PageId> page = page(request);
    if (page.isEmpty()) {
      Problem.send(
          response, 400, "Bad request", "The body must be {\"page\": \"<page id>\"} in JSON.");
      return;
    }
    try {
      Access access = host.access().access(page.get(), user.id());
      if (host.pages().page(page.get()).isEmpty()) {
        Problem.send(response, 404, "No such page", "The page was deleted, or never was.");
      } else if (!access.allows(Access.VIEW)) {
        Problem.send(response, 403, "No access", "Ask an admin of the page for access.");
      } else {
        answer(
            response,
            tickets.issue(
                page.get(), new Tickets.Ticket(user.id(), host.signIns().signIn(request))),
            access);
      }
    } catch (LogUnavailable | UncheckedIOException away) {
      response.setHeader("Retry-After", "2");
      Problem.send(response, 503, "Unavailable", "The database does not answer; try again soon.");
    }
  }

  private void answer(HttpServletResponse response, String ticket, Access access)
      throws IOException {
    response.setStatus(201);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    json.writeValue(
        response.getOutputStream(),
        Map.of("ticket", ticket, "access", access.word(), "expiresIn", Tickets.SECONDS));
  }

  private Optional<PageId> page(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      return Optional.empty();
    }
    try {
      JsonNode page = json.readTree(body).path("page");
      return page.isTextual() ? PageId.parse(page.textValue()) : Optional.empty();
    } catch (JsonProcessingException noJson) {
      return Optional.empty();
    }
  }
}
