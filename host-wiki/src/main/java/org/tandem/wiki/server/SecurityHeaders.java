package org.tandem.wiki.server;

import java.security.SecureRandom;
import java.util.Base64;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.tandem.wiki.view.Screens;

/**
 * Gives every answer the headers that bind a browser: what it may load, and that it keeps nothing
 * unless somebody behind says so.
 */
final class SecurityHeaders extends Handler.Wrapper {

  static final String POLICY = "Content-Security-Policy";

  private static final int NONCE_BYTES = 18;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final boolean https;

  /**
   * @param https whether browsers reach the wiki by https alone
   */
  SecurityHeaders(boolean https, Handler handler) {
    super(handler);
    this.https = https;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String nonce = nonce();
    request.setAttribute(Screens.NONCE, nonce);
    put(response.getHeaders(), nonce);
    if (Request.getPathInContext(request).startsWith("/assets/")) {
      // Jetty's handler of files leaves a header alone that is there.
      response.getHeaders().remove(HttpHeader.CACHE_CONTROL);
    }
    if (https) {
      response.getHeaders().put("Strict-Transport-Security", "max-age=31536000");
    }
    return super.handle(request, response, callback);
  }

  static String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  static void put(HttpFields.Mutable headers, String nonce) {
    headers.put(POLICY, policy(nonce));
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "same-origin");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
  }

  /** In connect-src, 'self' covers the WebSockets of the same origin too. */
  static String policy(String nonce) {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self' 'nonce-" + nonce + "'",
        "style-src 'self' 'nonce-" + nonce + "'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'");
  }
}
