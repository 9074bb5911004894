package org.tandem.wiki.view;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.gate.Unreadable;

/** Answers every failure with a page that says what to do, and the sign-in page to strangers. */
public final class Failures implements ExceptionMapper<Throwable> {

  /**
   * What a failed request's page shows.
   *
   * @param heading what happened, in a few words
   * @param detail what to do
   * @param kept a text that was sent and not saved; empty when there was none
   */
  public record Failure(int status, String heading, String detail, String kept) {

    Failure(int status, String heading, String detail) {
      this(status, heading, detail, "");
    }

    Failure keeping(String text) {
      return new Failure(status, heading, detail, text);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final Screens screens;

  @Context private @Nullable HttpServletRequest request;

  public Failures(Screens screens) {
    this.screens = screens;
  }

  @Override
  public Response toResponse(Throwable thrown) {
    Failure failure = failure(thrown);
    if (failure.status() == 401 && request.getMethod().equals("GET")) {
      String next = URLEncoder.encode(Screens.path(request), StandardCharsets.UTF_8);
      return Screens.goTo("/sign-in?next=" + next);
    }
    String text = request.getMethod().equals("POST") ? Fields.of(request, "text") : "";
    return screens.show(request, failure.status(), "failure", failure.keeping(text));
  }

  private static Failure failure(Throwable thrown) {
    if (thrown instanceof Refusal refusal) {
      return of(refusal);
    } else if (thrown instanceof WebApplicationException http) {
      return ofHttp(http.getResponse().getStatus());
    } else if (thrown instanceof UncheckedIOException) {
      return new Failure(
          503, heading(503), "The database does not answer. Load the page again in a moment.");
    }
    Optional<Refusal> unreadable = Unreadable.of(thrown);
    if (unreadable.isPresent()) {
      return of(unreadable.get());
    }
    LOG.error("A page could not be made", thrown);
    return new Failure(
        500, heading(500), "The wiki's log says what went wrong: tell its administrator.");
  }

  private static Failure of(Refusal refusal) {
    return new Failure(refusal.status(), heading(refusal.status()), refusal.detail());
  }

  private static Failure ofHttp(int status) {
    String detail =
        switch (status) {
          case 404 -> "There is nothing at this address. Go to the start page or search for it.";
          case 405 -> "This address is not meant for that. Go back and use the page's own buttons.";
          default -> "The wiki cannot read this request. Go back and try again.";
        };
    return new Failure(status, heading(status), detail);
  }

  private static String heading(int status) {
    return switch (status) {
      case 401 -> "Please sign in";
      case 403 -> "You do not have the right";
      case 404 -> "Not found";
      case 413 -> "Too large";
      case 500 -> "Something went wrong";
      case 503 -> "Not available at the moment";
      default -> "That did not work";
    };
  }
}
