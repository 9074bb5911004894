package org.tandem.collab.protocol;

import java.util.OptionalLong;

/** What a text from a client turned out to be. */
public sealed interface Decoded {

  record Frame(ClientFrame frame) implements Decoded {}

  /** A JSON object that is no valid frame; seq when it could be read. */
  record Invalid(ErrorCode code, String message, OptionalLong seq) implements Decoded {}

  /** No JSON object at all. */
  record Unreadable(String message) implements Decoded {}
}
