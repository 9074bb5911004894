package org.tandem.wiki.auth.guard;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.wiki.auth.token.AccessTokens;
import org.tandem.wiki.auth.token.Rotation;
import org.tandem.wiki.auth.token.SignIns;

/**
 * The cookies of somebody who has signed in. All of them live as long as the sign-in: the access
 * token inside ends much earlier, and what is left of it tells a sign-out which sign-in to end.
 */
public final class AuthCookies {

  public static final String ACCESS = "access";
  public static final String REFRESH = "refresh";
  public static final String CSRF = "csrf";

  private static final String REFRESH_PATH = "/api/auth";
  private static final int CSRF_BYTES = 16;

  private final AccessTokens tokens;
  private final boolean secure;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param secure whether browsers reach the wiki by https alone
   */
  public AuthCookies(AccessTokens tokens, boolean secure) {
    this.tokens = tokens;
    this.secure = secure;
  }

  /** The cookies of a new sign-in. */
  public void give(HttpServletResponse answer, Rotation.Rotated signIn) {
    byte[] csrf = new byte[CSRF_BYTES];
    random.nextBytes(csrf);
    give(answer, signIn, Base64.getUrlEncoder().withoutPadding().encodeToString(csrf));
  }

  /** The next tokens; the CSRF token stays, since pages that are open hold it in their forms. */
  public void renew(
      HttpServletRequest request, HttpServletResponse answer, Rotation.Rotated signIn) {
    Optional<String> csrf = value(request, CSRF);
    if (csrf.isPresent()) {
      give(answer, signIn, csrf.get());
    } else {
      give(answer, signIn);
    }
  }

  private void give(HttpServletResponse answer, Rotation.Rotated signIn, String csrf) {
    int life = (int) SignIns.LIFE.toSeconds();
    String access = tokens.issue(signIn.user(), signIn.signIn());
    answer.addCookie(cookie(ACCESS, access, "/", true, life));
    answer.addCookie(cookie(REFRESH, signIn.refreshToken(), REFRESH_PATH, true, life));
    answer.addCookie(cookie(CSRF, csrf, "/", false, life));
  }

  public void clear(HttpServletResponse answer) {
    answer.addCookie(cookie(ACCESS, "", "/", true, 0));
    answer.addCookie(cookie(REFRESH, "", REFRESH_PATH, true, 0));
    answer.addCookie(cookie(CSRF, "", "/", false, 0));
  }

  private Cookie cookie(String name, String value, String path, boolean httpOnly, int seconds) {
    Cookie cookie = new Cookie(name, value);
    cookie.setPath(path);
    cookie.setHttpOnly(httpOnly);
    cookie.setSecure(secure);
    cookie.setMaxAge(seconds);
    cookie.setAttribute("SameSite", "Strict");
    return cookie;
  }

  /** The request's cookie of this name, unless it is empty. */
  public static Optional<String> value(HttpServletRequest request, String name) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(name) && !cookie.getValue().isEmpty()) {
          return Optional.of(cookie.getValue());
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the token that a page sent is the one in the cookie. */
  static boolean isCsrfToken(HttpServletRequest request, @Nullable String sent) {
    byte[] cookie = value(request, CSRF).orElse("").getBytes(StandardCharsets.UTF_8);
    return cookie.length > 0
        && sent != null
        && MessageDigest.isEqual(cookie, sent.getBytes(StandardCharsets.UTF_8));
  }
}
