package org.tandem.wiki.server;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.tandem.wiki.auth.guard.RequestGuard;
import org.tandem.wiki.problem.Problem;
import org.tandem.wiki.view.frame.WebManifest;

/**
 * Answers what nobody else has answered: a problem body for calls, a page for browsers. What Jetty
 * says of the cause stays in the log.
 */
final class ErrorPages extends ErrorHandler {

  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final WebManifest web;

  ErrorPages(WebManifest web) {
    this.web = web;
    setCacheControl("no-store");
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    Problem problem = new Problem(code, detail(request, code));
    boolean call =
        request.getHttpURI().getPath() == null
            || Request.getPathInContext(request).startsWith("/api/");
    byte[] body = call ? problem.body() : page(problem).getBytes(StandardCharsets.UTF_8);
    HttpFields.Mutable headers = response.getHeaders();
    if (!headers.contains(SecurityHeaders.POLICY)) {
      // Refused before the headers were put: a request that could not be read.
      SecurityHeaders.put(headers, SecurityHeaders.nonce());
    }
    headers.put(HttpHeader.CONTENT_TYPE, call ? Problem.TYPE : "text/html;charset=utf-8");
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private String page(Problem problem) {
    StringOutput out = new StringOutput();
    templates.render("error.jte", Map.of("web", web, "problem", problem), out);
    return out.toString();
  }

  private static String detail(Request request, int code) {
    if (request.getAttribute(RequestGuard.DETAIL) instanceof String detail) {
      return detail;
    }
    return switch (code) {
      case 400 -> "The wiki cannot read this request: check the address and try again.";
      case 404 -> "There is nothing at this address: go to the start page or search for it.";
      case 405 ->
          "This address does not take that method: use the pages' own buttons, or the protocol.";
      case 413 -> "What was sent is too large: send less at once.";
      case 414, 431 -> "The address or the headers are too long: shorten them.";
      case 503 -> "The wiki is starting or ending: try again in a moment.";
      default ->
          code >= 500
              ? "The wiki made a mistake, and its log says which: tell its administrator."
              : "The wiki cannot answer this request: go back and try again.";
    };
  }
}
