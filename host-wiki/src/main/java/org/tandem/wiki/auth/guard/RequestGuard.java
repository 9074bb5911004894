package org.tandem.wiki.auth.guard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpException;
import org.tandem.wiki.problem.Problem;

/**
 * Every request passes here first. Refused: what a page of another site sent, and a change without
 * the CSRF token. Sent to where they can go on: browsers whose access token has expired, and people
 * who must change their password. Who may do what is decided behind.
 */
public final class RequestGuard extends HttpFilter {

  /** The request attribute for the sentence that an error page shows. */
  public static final String DETAIL = "org.tandem.detail";

  private static final long serialVersionUID = 1L;

  /** The same for everybody, read only, and wanted while the database is away. */
  private static final List<String> FREE = List.of("/health/", "/plugins/");

  private static final String METRICS = "/metrics";

  private static final Set<String> SIGN_IN = Set.of("/sign-in", "/api/auth/sign-in");
  private static final Set<String> WITH_DUE_PASSWORD =
      Set.of("/password", "/sign-out", "/api/auth/sign-out", "/api/me");

  private final transient Callers callers;
  private final transient OwnOrigin own;
  private final transient OwnStep ownStep = new OwnStep();

  public RequestGuard(Callers callers, URI publicUrl) {
    this.callers = callers;
    this.own = new OwnOrigin(publicUrl);
  }

  @Override
  protected void doFilter(HttpServletRequest request, HttpServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    String path = Requests.path(request);
    if (path.equals(METRICS) || FREE.stream().anyMatch(path::startsWith)) {
      chain.doFilter(request, answer);
      return;
    }
    try {
      if (passes(request, answer)) {
        chain.doFilter(request, answer);
      }
    } catch (UncheckedIOException unavailable) {
      answer.setHeader("Retry-After", "2");
      refuse(request, answer, 503, "The database does not answer: try again in a moment.");
    }
  }

  private boolean passes(HttpServletRequest request, HttpServletResponse answer)
      throws IOException {
    boolean upgrade = Requests.isUpgrade(request);
    boolean changes = Requests.changesState(request);
    if ((changes || upgrade) && Requests.isForeign(request, own)) {
      refuse(request, answer, 403, "A page of another site sent this: use the wiki's own pages.");
      return false;
    }
    Optional<Problem> type = BodyType.problem(request);
    if (type.isPresent()) {
      refuse(request, answer, type.get().status(), type.get().detail());
      return false;
    }
    if (isStrangersFile(request)) {
      Requests.skipBody(request);
      if (passesAsNobody(request, answer)) {
        refuse(request, answer, 401, "Sign in first, then try again.");
      }
      return false;
    }
    if (Requests.isOwnForm(request) && !isReadable(request)) {
      refuse(request, answer, 400, "The form breaks off or is no text in its charset: send UTF-8.");
      return false;
    }
    if (SIGN_IN.contains(Requests.path(request))) {
      callers.identify(request);
      return true;
    }
    if (changes
        && hasTokens(request)
        && !Requests.isFileFormPassing(request)
        && !carriesCsrfToken(request)) {
      refuse(
          request,
          answer,
          403,
          "The form or call lacks a fresh security token: go back, load the page again and repeat.");
      return false;
    }
    Optional<Caller> caller = callers.identify(request);
    return caller.isPresent()
        ? passes(request, answer, caller.get())
        : passesAsNobody(request, answer);
  }

  /** Nothing is kept of a file unless somebody who has signed in sends it. */
  private boolean isStrangersFile(HttpServletRequest request) {
    return Requests.isFileForm(request)
        && Requests.isOwnForm(request)
        && callers.identify(request).isEmpty();
  }

  /** Reads the form, before a resource takes the body as a stream. */
  private static boolean isReadable(HttpServletRequest request) {
    try {
      request.getParameter("csrf");
      return true;
    } catch (HttpException.RuntimeException | IllegalArgumentException unreadable) {
      return false;
    }
  }

  private static boolean hasTokens(HttpServletRequest request) {
    return AuthCookies.value(request, AuthCookies.ACCESS).isPresent()
        || AuthCookies.value(request, AuthCookies.REFRESH).isPresent();
  }

  private static boolean carriesCsrfToken(HttpServletRequest request) {
    return AuthCookies.isCsrfToken(request, request.getHeader("X-CSRF-Token"))
        || (Requests.isOwnForm(request)
            && AuthCookies.isCsrfToken(request, request.getParameter("csrf")));
  }

  private static boolean passes(
      HttpServletRequest request, HttpServletResponse answer, Caller caller) throws IOException {
    if (!caller.passwordDue() || WITH_DUE_PASSWORD.contains(Requests.path(request))) {
      return true;
    }
    if (Requests.isNavigation(request)) {
      Requests.redirect(
          answer, 303, "/password?next=" + Requests.encoded(Requests.address(request)));
    } else {
      refuse(request, answer, 403, "Change your one-time password first, at /password.");
    }
    return false;
  }

  /**
   * An expired token is renewed on the way, for a form too: 307 makes the browser send it again.
   * The refresh cookie goes to its own path only, hence the detour.
   */
  private boolean passesAsNobody(HttpServletRequest request, HttpServletResponse answer)
      throws IOException {
    if (Requests.isFromElsewhere(request)) {
      ownStep.send(request, answer);
      return false;
    }
    boolean mayHaveSignedIn = AuthCookies.value(request, AuthCookies.CSRF).isPresent();
    if (!mayHaveSignedIn || !Requests.isNavigation(request)) {
      return true;
    }
    String detour = Requests.REFRESH + "?return=" + Requests.encoded(Requests.address(request));
    if (!Requests.changesState(request)) {
      Requests.redirect(answer, 303, detour);
      return false;
    } else if (Requests.isOwnForm(request) && !Requests.path(request).equals("/sign-out")) {
      Requests.redirect(answer, 307, detour);
      return false;
    }
    return true;
  }

  /** A problem body for a call, a page for a browser. */
  static void refuse(
      HttpServletRequest request, HttpServletResponse answer, int status, String detail)
      throws IOException {
    if (Requests.isApi(request)) {
      new Problem(status, detail).send(answer);
    } else {
      request.setAttribute(DETAIL, detail);
      answer.sendError(status);
    }
  }
}
