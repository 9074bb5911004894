package org.tandem.sample.glossary;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.json.JSONObject;
import org.tandem.api.host.Access;
import org.tandem.api.host.Host;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;

/**
 * {@code GET /api/glossary/pages/<page>} answers the page's terms and whether the caller may change
 * them: {@code {mayChange, mark, terms: [{word, meaning}]}}. Who may not see the page is told that
 * there is none.
 */
final class TermsServlet extends HttpServlet {

  private static final long serialVersionUID = 1;
  private static final String PAGES = "/pages/";

  private final transient Host host;
  private final transient TermIndex index;
  private final Access needed;
  private final String mark;

  TermsServlet(Host host, TermIndex index, Access needed, String mark) {
    this.host = host;
    this.index = index;
    this.needed = needed;
    this.mark = mark;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    Optional<User> caller = host.routes().caller(request);
    if (caller.isEmpty()) {
      problem(answer, HttpServletResponse.SC_UNAUTHORIZED, "Sign in first.");
      return;
    }
    Optional<PageId> page = page(request);
    Access access = page.map(id -> host.access().access(id, caller.get().id())).orElse(Access.NONE);
    Optional<PageContent> content =
        access.allows(Access.VIEW) ? page.flatMap(host.pages()::content) : Optional.empty();
    if (page.isEmpty() || content.isEmpty()) {
      problem(answer, HttpServletResponse.SC_NOT_FOUND, "There is no such page.");
      return;
    }
    List<Map<String, String>> terms =
        index.of(page.get(), content.get()).stream()
            .map(term -> Map.of("word", term.word(), "meaning", term.meaning()))
            .toList();
    send(answer, Map.of("mayChange", access.allows(needed), "mark", mark, "terms", terms));
  }

  private static Optional<PageId> page(HttpServletRequest request) {
    String path = request.getPathInfo();
    return path != null && path.startsWith(PAGES)
        ? PageId.parse(path.substring(PAGES.length()))
        : Optional.empty();
  }

  private static void problem(HttpServletResponse answer, int status, String detail)
      throws IOException {
    answer.setStatus(status);
    send(answer, Map.of("status", status, "detail", detail));
  }

  private static void send(HttpServletResponse answer, Map<String, Object> body)
      throws IOException {
    answer.setContentType("application/json");
    answer.setCharacterEncoding("UTF-8");
    answer.setHeader("Cache-Control", "no-store");
    answer.getWriter().print(new JSONObject(body));
  }
}
