package org.tandem.wiki.view;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.view.frame.Shell;
import org.tandem.wiki.view.frame.WebManifest;

/**
 * Makes HTML answers from the compiled templates, which escape by context. Threads: safe for use by
 * any thread.
 */
public final class Screens {

  /** The request attribute that holds the nonce of the answer's content security policy. */
  public static final String NONCE = "org.tandem.nonce";

  private static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("utf-8");

  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final WebManifest web;
  private final Gate gate;
  private final Locale locale;
  private final ToIntFunction<UserId> unread;

  /**
   * @param locale in which times are written
   * @param unread how many notifications a person has not read
   */
  public Screens(Gate gate, WebManifest web, Locale locale, ToIntFunction<UserId> unread) {
    this.gate = gate;
    this.web = web;
    this.locale = locale;
    this.unread = unread;
  }

  /** The addresses of the wiki's own scripts and styles. */
  public WebManifest web() {
    return web;
  }

  /** The page that the template makes of the model. */
  public Response show(HttpServletRequest request, String template, Object model) {
    return show(request, 200, template, model);
  }

  public Response show(HttpServletRequest request, int status, String template, Object model) {
    return Response.status(status)
        .type(HTML)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(html(shell(request, status < 500), template, model))
        .build();
  }

  /** The same as text, for answers that are not made here. */
  public String html(HttpServletRequest request, String template, Object model) {
    return html(shell(request, true), template, model);
  }

  private String html(Shell shell, String template, Object model) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("shell", shell);
    parameters.put("model", model);
    StringOutput out = new StringOutput();
    templates.render(template + ".jte", parameters, out);
    return out.toString();
  }

  /**
   * After a form was carried out the browser loads what it led to, so that a reload is harmless.
   */
  public static Response goTo(String path) {
    return Response.status(Response.Status.SEE_OTHER).location(URI.create(path)).build();
  }

  private Shell shell(HttpServletRequest request, boolean counts) {
    Optional<User> caller = caller(request);
    return new Shell(
        caller,
        counts ? caller.map(this::unread).orElse(0) : 0,
        locale,
        csrf(request),
        Objects.toString(request.getAttribute(NONCE), ""),
        web);
  }

  /** A page that says that the database is away is shown without asking the database. */
  private Optional<User> caller(HttpServletRequest request) {
    try {
      return gate.caller(request);
    } catch (UncheckedIOException databaseAway) {
      return Optional.empty();
    }
  }

  private int unread(User user) {
    try {
      return unread.applyAsInt(user.id());
    } catch (UncheckedIOException databaseAway) {
      return 0;
    }
  }

  private static String csrf(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals("csrf")) {
          return cookie.getValue();
        }
      }
    }
    return "";
  }

  static String path(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }
}
