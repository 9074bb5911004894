package org.tandem.wiki.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.tandem.api.host.User;
import org.tandem.wiki.auth.guard.AuthCookies;
import org.tandem.wiki.auth.guard.Callers;
import org.tandem.wiki.auth.guard.Requests;
import org.tandem.wiki.auth.token.Rotation;
import org.tandem.wiki.problem.Problem;
import org.tandem.wiki.view.SignInPage;

/** The calls below {@code /api/auth}. */
public final class AuthServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final int MAX_BODY = 16 * 1024;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(4).build())
              .build());

  private final transient Authentication authentication;
  private final transient AuthCookies cookies;

  public AuthServlet(Authentication authentication, AuthCookies cookies) {
    this.authentication = authentication;
    this.cookies = cookies;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    switch (path(request)) {
      case "/refresh" -> refreshAndReturn(request, answer, 303);
      case "/sign-in", "/sign-out", "/sign-out-everywhere" -> {
        answer.setHeader("Allow", "POST");
        new Problem(405, "This call is a POST.").send(answer);
      }
      default -> unknown(answer);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    switch (path(request)) {
      case "/sign-in" -> signIn(request, answer);
      case "/refresh" -> {
        if (Requests.isFileForm(request)) {
          Requests.skipBody(request);
          refreshAndReturn(request, answer, 307);
        } else if (Requests.isForm(request)) {
          refreshAndReturn(request, answer, 307);
        } else {
          refresh(request, answer);
        }
      }
      case "/sign-out" -> {
        authentication.signOut(request);
        cookies.clear(answer);
        answer.setStatus(204);
      }
      case "/sign-out-everywhere" -> signOutEverywhere(request, answer);
      default -> unknown(answer);
    }
  }

  private static String path(HttpServletRequest request) {
    return Objects.toString(request.getPathInfo(), "");
  }

  private static void unknown(HttpServletResponse answer) throws IOException {
    new Problem(404, "There is no such call: look it up in the protocol's list of calls.")
        .send(answer);
  }

  private void signIn(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    // A form of another site cannot send this type, unless the wiki allowed it.
    String type = Objects.toString(request.getContentType(), "").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/json")) {
      new Problem(415, "Send name and password as application/json.").send(answer);
      return;
    }
    Optional<JsonNode> body = body(request);
    Optional<String> name = body.map(json -> json.path("name").textValue());
    Optional<String> password = body.map(json -> json.path("password").textValue());
    if (name.isEmpty() || password.isEmpty()) {
      new Problem(400, "The body must be {\"name\": \"...\", \"password\": \"...\"}.").send(answer);
      return;
    }
    SignInOutcome outcome =
        authentication.signIn(name.get(), password.get(), request.getRemoteAddr());
    if (outcome instanceof SignInOutcome.SignedIn done) {
      cookies.give(answer, done.signIn());
      answer.setStatus(204);
    } else if (outcome instanceof SignInOutcome.Wait wait) {
      answer.setHeader("Retry-After", Long.toString(wait.seconds()));
      new Problem(429, wait.detail()).send(answer);
    } else {
      new Problem(401, SignInOutcome.Wrong.DETAIL).send(answer);
    }
  }

  /** Empty for a body that is too long, breaks off or is no JSON. */
  private static Optional<JsonNode> body(HttpServletRequest request) {
    try {
      byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
      return body.length > MAX_BODY ? Optional.empty() : Optional.ofNullable(JSON.readTree(body));
    } catch (IOException noJson) {
      return Optional.empty();
    }
  }

  private void refresh(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    if (renew(request, answer)) {
      answer.setStatus(204);
    } else {
      new Problem(401, "The sign-in is over: sign in again.").send(answer);
    }
  }

  /**
   * For a browser on the way to a page: it goes on there, or to the sign-in page. A form (307) goes
   * on in any case, for without a sign-in its target keeps the text that was typed.
   */
  private void refreshAndReturn(
      HttpServletRequest request, HttpServletResponse answer, int status) {
    String target = SignInPage.own(Objects.toString(request.getParameter("return"), "/"));
    boolean renewed = renew(request, answer);
    Requests.redirect(
        answer,
        status,
        renewed || status == 307 ? target : "/sign-in?next=" + Requests.encoded(target));
  }

  /**
   * Cookies that are of no use any more are cleared, or a form would go in a circle. When none came
   * along, another site may have led here: then the browser only kept them back.
   */
  private boolean renew(HttpServletRequest request, HttpServletResponse answer) {
    Optional<String> token = AuthCookies.value(request, AuthCookies.REFRESH);
    if (token.isPresent()
        && authentication.refresh(token.get()) instanceof Rotation.Rotated rotated) {
      cookies.renew(request, answer, rotated);
      return true;
    }
    if (token.isPresent() || AuthCookies.value(request, AuthCookies.CSRF).isPresent()) {
      cookies.clear(answer);
    }
    return false;
  }

  private void signOutEverywhere(HttpServletRequest request, HttpServletResponse answer)
      throws IOException {
    Optional<User> user = Callers.user(request);
    if (user.isEmpty()) {
      new Problem(401, "Sign in first, then try again.").send(answer);
      return;
    }
    authentication.signOutEverywhere(user.get().id());
    cookies.clear(answer);
    answer.setStatus(204);
  }
}
