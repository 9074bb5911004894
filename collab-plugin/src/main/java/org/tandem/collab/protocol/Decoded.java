package org.tandem.collab.protocol;

import java.util.Optional;
import java.util.OptionalLong;
import org.tandem.collab.protocol.ServerFrame.Subject;

/** What a text from a client turned out to be. */
public sealed interface Decoded {

  record Frame(ClientFrame frame) implements Decoded {}

  /**
   * A JSON object that is no valid frame.
   *
   * @param seq of the change, when it could be read
   * @param subject which plugin's message, or value of which field, it would be; empty for any
   *     other frame, and when that could not be read
   */
  record Invalid(ErrorCode code, String message, OptionalLong seq, Optional<Subject> subject)
      implements Decoded {

    public static Invalid of(ErrorCode code, String message, OptionalLong seq) {
      return new Invalid(code, message, seq, Optional.empty());
    }

    public static Invalid of(ErrorCode code, String message, Subject subject) {
      return new Invalid(code, message, OptionalLong.empty(), Optional.of(subject));
    }
  }

  /** No JSON object at all. */
  record Unreadable(String message) implements Decoded {}
}
