package org.tandem.wiki.auth.guard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Optional;
import org.tandem.wiki.problem.Problem;

/** Whether those behind can read the type of a body: Jetty and Jersey fail where they cannot. */
final class BodyType {

  private BodyType() {}

  /** What is wrong with the header; empty when it can be read or is not there. */
  static Optional<Problem> problem(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (header == null) {
      return Optional.empty();
    }
    try {
      String charset = MediaType.valueOf(header).getParameters().get(MediaType.CHARSET_PARAMETER);
      return charset == null || isKnown(charset)
          ? Optional.empty()
          : Optional.of(new Problem(415, "The charset of the body is not known: send UTF-8."));
    } catch (IllegalArgumentException noType) {
      return Optional.of(
          new Problem(400, "The Content-Type cannot be read: send one like application/json."));
    }
  }

  private static boolean isKnown(String charset) {
    try {
      return Charset.isSupported(charset);
    } catch (IllegalCharsetNameException noName) {
      return false;
    }
  }
}
