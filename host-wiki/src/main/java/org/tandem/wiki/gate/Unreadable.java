package org.tandem.wiki.gate;

import java.io.IOException;
import java.util.Optional;
import org.glassfish.jersey.message.internal.HeaderValueException;

/** The failures that are the caller's: a request that cannot be read. */
public final class Unreadable {

  private Unreadable() {}

  /** What to answer; empty when the failure is of another kind. */
  public static Optional<Refusal> of(Throwable failure) {
    if (failure instanceof HeaderValueException) {
      return Optional.of(new Refusal(400, "A header cannot be read: look at Accept and its like."));
    } else if (failure instanceof IOException) {
      // The database's arrive as UncheckedIOException, hence this one is of the body.
      return Optional.of(
          new Refusal(400, "The body breaks off or is no text in its charset: send it again."));
    }
    return Optional.empty();
  }
}
