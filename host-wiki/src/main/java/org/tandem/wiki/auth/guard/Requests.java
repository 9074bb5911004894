package org.tandem.wiki.auth.guard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What a request is, as far as the guard asks, and how one is sent elsewhere. */
public final class Requests {

  /** The one call that a browser also makes on its way to a page. */
  static final String REFRESH = "/api/auth/refresh";

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private Requests() {}

  /** The decoded path, without tricks of its spelling. */
  static String path(HttpServletRequest request) {
    return request.getServletPath() + Objects.toString(request.getPathInfo(), "");
  }

  /** The address with its query, as the browser sent it. */
  static String address(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }

  static boolean changesState(HttpServletRequest request) {
    return !READING.contains(request.getMethod());
  }

  static boolean isApi(HttpServletRequest request) {
    String path = path(request);
    return path.equals("/api") || path.startsWith("/api/");
  }

  /** A browser that follows a link of another site: it keeps strict cookies back. */
  static boolean isFromElsewhere(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        && (isNavigation(request) || path(request).equals(REFRESH))
        && "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
  }

  /** A browser that wants to show a page. */
  static boolean isNavigation(HttpServletRequest request) {
    String accept = Objects.toString(request.getHeader("Accept"), "");
    return !isApi(request) && accept.contains("text/html") && !isUpgrade(request);
  }

  static boolean isUpgrade(HttpServletRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
  }

  public static boolean isForm(HttpServletRequest request) {
    String type = Objects.toString(request.getContentType(), "").toLowerCase(Locale.ROOT);
    return type.startsWith("application/x-www-form-urlencoded");
  }

  /** A form with files. */
  public static boolean isFileForm(HttpServletRequest request) {
    String type = Objects.toString(request.getContentType(), "").toLowerCase(Locale.ROOT);
    return type.startsWith("multipart/form-data");
  }

  /** A form that the wiki itself reads: a plugin reads what comes to its own calls. */
  static boolean isOwnForm(HttpServletRequest request) {
    return isForm(request) || (isFileForm(request) && !isApi(request));
  }

  /** A form with files on its way through the call that renews the sign-in: it is read later. */
  static boolean isFileFormPassing(HttpServletRequest request) {
    return isFileForm(request) && path(request).equals(REFRESH);
  }

  /**
   * Reads the body and keeps nothing of it: a browser that is cut off while it sends never reads
   * the answer.
   */
  public static void skipBody(HttpServletRequest request) {
    try {
      request.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      // Then nobody waits for the answer either.
    }
  }

  /**
   * Whether a page of another site made a browser send this. No Origin and no Sec-Fetch-Site: no
   * browser of today, or a plain link.
   */
  static boolean isForeign(HttpServletRequest request, OwnOrigin own) {
    String origin = request.getHeader("Origin");
    if (origin != null) {
      return !own.is(origin, request.getHeader("Host"));
    }
    String site = request.getHeader("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** With a path alone, since only the browser knows the address that it came by. */
  public static void redirect(HttpServletResponse answer, int status, String path) {
    answer.setStatus(status);
    answer.setHeader("Location", path);
  }
}
