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
 * @param kind a URI that programs know the kind of problem by
 */
public record Problem(int status, String detail, String kind) {

  public static final String TYPE = "application/problem+json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One that its status says all about. */
  public Problem(int status, String detail) {
    this(status, detail, "about:blank");
  }

  /** A few words for the status. */
  public String title() {
    return HttpStatus.getMessage(status);
  }

  public byte[] body() {
    ObjectNode body =
        JSON.createObjectNode()
            .put("type", kind)
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
