package org.tandem.wiki.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpStatus;

/**
 * A refusal.
 *
 * @param status 400 to 599
 * @param detail one sentence for the caller: what is wrong and what to do
 */
public record Problem(int status, String detail) {

  public static final String TYPE = "application/problem+json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A few words for the status. */
  public String title() {
    return HttpStatus.getMessage(status);
  }

  public byte[] body() {
    ObjectNode body =
        JSON.createObjectNode()
            .put("type", "about:blank")
            .put("title", title())
            .put("status", status)
            .put("detail", detail);
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Makes this the answer; a part of another one that was not sent yet is dropped. */
  public void send(HttpServletResponse answer) throws IOException {
    if (answer.isCommitted()) {
      return;
    }
    answer.resetBuffer();
    byte[] body = body();
    answer.setStatus(status);
    answer.setContentType(TYPE);
    answer.setContentLength(body.length);
    answer.getOutputStream().write(body);
  }
}
