package org.tandem.collab.transport;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tandem.collab.protocol.Json;

/** Writes problem bodies (RFC 9457). */
final class Problem {

  private static final ObjectMapper JSON = Json.mapper().build();

  private Problem() {}

  /**
   * @param detail one sentence: what is wrong and what to do
   */
  static void send(HttpServletResponse response, int status, String title, String detail)
      throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", title);
    body.put("status", status);
    body.put("detail", detail);
    response.setStatus(status);
    response.setContentType("application/problem+json");
    response.setHeader("Cache-Control", "no-store");
    response.getOutputStream().write(JSON.writeValueAsBytes(body));
  }
}
