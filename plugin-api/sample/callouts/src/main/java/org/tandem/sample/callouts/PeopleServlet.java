package org.tandem.sample.callouts;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.json.JSONArray;
import org.json.JSONObject;
import org.tandem.api.host.Access;
import org.tandem.api.host.Host;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;

/**
 * {@code GET /api/callouts/people/<page>?q=<beginning of a name>} answers mentions, ready to be put
 * into the page, of people who may view it. For those who may edit it; to all others there is no
 * such page.
 */
final class PeopleServlet extends HttpServlet {

  private static final long serialVersionUID = 1;
  private static final String PEOPLE = "/people/";
  private static final int MOST = 8;

  private final transient Host host;
  private final transient Viewers viewers;
  private final transient Seal seal;

  PeopleServlet(Host host, Seal seal) {
    this.host = host;
    this.viewers = new Viewers(host.users(), host.access());
    this.seal = seal;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    Optional<User> caller = host.routes().caller(request);
    if (caller.isEmpty()) {
      problem(answer, HttpServletResponse.SC_UNAUTHORIZED, "Sign in first.");
      return;
    }
    Optional<PageId> page = page(request);
    if (page.isEmpty()
        || !host.access().access(page.get(), caller.get().id()).allows(Access.EDIT)) {
      problem(answer, HttpServletResponse.SC_NOT_FOUND, "There is no such page to edit.");
      return;
    }
    String beginning = Optional.ofNullable(request.getParameter("q")).orElse("");
    List<Map<String, Object>> mentions =
        viewers.named(beginning, page.get(), MOST).stream()
            .map(person -> seal.mention(person).plain())
            .toList();
    send(answer, new JSONArray(mentions).toString());
  }

  private static Optional<PageId> page(HttpServletRequest request) {
    String path = request.getPathInfo();
    return path != null && path.startsWith(PEOPLE)
        ? PageId.parse(path.substring(PEOPLE.length()))
        : Optional.empty();
  }

  private static void problem(HttpServletResponse answer, int status, String detail)
      throws IOException {
    answer.setStatus(status);
    send(answer, new JSONObject(Map.of("status", status, "detail", detail)).toString());
  }

  private static void send(HttpServletResponse answer, String body) throws IOException {
    answer.setContentType("application/json");
    answer.setCharacterEncoding("UTF-8");
    answer.setHeader("Cache-Control", "no-store");
    answer.getWriter().print(body);
  }
}
