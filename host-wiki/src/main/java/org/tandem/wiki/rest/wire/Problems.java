package org.tandem.wiki.rest.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.gate.Unreadable;

/** Answers every failure with a problem body after RFC 9457, never with a stack trace. */
public final class Problems implements ExceptionMapper<Throwable> {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final MediaType PROBLEM = new MediaType("application", "problem+json");

  @Override
  public Response toResponse(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return of(refusal);
    } else if (failure instanceof WebApplicationException http) {
      return ofHttp(http);
    } else if (failure instanceof JacksonException malformed) {
      return problem(400, "The body is not the JSON of this call: " + place(malformed), Map.of());
    } else if (failure instanceof UncheckedIOException) {
      return problem(503, "The database does not answer: try again in a moment.", Map.of());
    }
    Optional<Refusal> unreadable = Unreadable.of(failure);
    if (unreadable.isPresent()) {
      return of(unreadable.get());
    }
    LOG.error("A REST call failed", failure);
    return problem(
        500, "The wiki made a mistake, and its log says which: tell its administrator.", Map.of());
  }

  private static Response of(Refusal refusal) {
    return problem(refusal.status(), refusal.detail(), refusal.members());
  }

  private static Response ofHttp(WebApplicationException http) {
    int status = http.getResponse().getStatus();
    String detail =
        switch (status) {
          case 404 -> "There is no such call: look it up in the protocol's list of calls.";
          case 405 -> "This address does not know the method: look it up in the protocol.";
          case 406 ->
              "None of the media types that you accept is to be had here: ask for"
                  + " application/json.";
          case 415 ->
              "This media type is not read here: send application/json, or text/markdown"
                  + " for the content of a page.";
          default -> "The request cannot be read: " + http.getMessage();
        };
    Response.ResponseBuilder answer = Response.fromResponse(problem(status, detail, Map.of()));
    Object allow = http.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
    if (allow != null) {
      answer.header(HttpHeaders.ALLOW, allow);
    }
    return answer.build();
  }

  /** The parser's own message would quote its source. */
  private static String place(JacksonException malformed) {
    JsonLocation location = malformed.getLocation();
    return location == null
        ? "read the protocol's list of calls."
        : "look at line " + location.getLineNr() + ", column " + location.getColumnNr() + ".";
  }

  private static Response problem(int status, String detail, Map<String, Object> members) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    Response.Status known = Response.Status.fromStatusCode(status);
    body.put("title", known == null ? "Refused" : known.getReasonPhrase());
    body.put("status", status);
    body.put("detail", detail);
    body.putAll(members);
    Response.ResponseBuilder answer =
        Response.status(status)
            .type(PROBLEM)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .entity(Json.text(body));
    if (status == 503) {
      answer.header(HttpHeaders.RETRY_AFTER, 2);
    }
    return answer.build();
  }
}
