package org.tandem.distribution.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Reads the server's frames as a stream of tokens, whatever the order of their fields. One frame at
 * a time; what it holds is overwritten by the next. Threads: one.
 */
final class FrameReader {

  /** A client's UUID ends in its number; others' have another beginning. */
  private static final String PREFIX = prefix();

  private static final int PREFIX_LENGTH = 24;

  private final JsonFactory factory = new JsonFactory();
  private final List<Change> list = new ArrayList<>();

  /** The fields of the frame; those that it does not have are as {@link #clear} leaves them. */
  String type = "";

  String code = "";
  String message = "";
  long rev;
  long seq;
  long acked;
  long retryAfter;
  boolean document;
  final StringBuilder text = new StringBuilder();

  private int changes;

  static String client(int number) {
    return PREFIX + String.format(Locale.ROOT, "%012x", number);
  }

  private static String prefix() {
    return UUID.randomUUID().toString().substring(0, PREFIX_LENGTH);
  }

  /** Reads a frame and hands out its revisions, if it has any, through {@link #each}. */
  void read(byte[] bytes, int length) throws IOException {
    clear();
    try (JsonParser json = factory.createParser(bytes, 0, length)) {
      json.nextToken();
      object(json, change(), true);
    }
  }

  private void clear() {
    type = "";
    code = "";
    message = "";
    rev = -1;
    seq = -1;
    acked = 0;
    retryAfter = 0;
    document = false;
    text.setLength(0);
    changes = 0;
  }

  private Change change() {
    if (changes == list.size()) {
      list.add(new Change());
    }
    Change fresh = list.get(changes);
    fresh.clear();
    return fresh;
  }

  /** The revisions of an {@code op}, {@code ops} or {@code joined} frame. */
  void each(Consumer<Change> listener) {
    for (int i = 0; i < changes; i++) {
      listener.accept(list.get(i));
    }
  }

  /** An object of the wire: the frame itself, or one of its {@code ops}, which are frames too. */
  private void object(JsonParser json, Change into, boolean frame) throws IOException {
    boolean delta = false;
    long ofRev = -1;
    long ofSeq = -1;
    int author = -1;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "rev" -> ofRev = json.getLongValue();
        case "seq" -> ofSeq = json.getLongValue();
        case "client" -> author = author(json.getText());
        case "delta" -> {
          delta(json, into);
          delta = true;
        }
        case "ops" -> ops(json);
        case "doc" -> document(json);
        case "t" -> type = frame ? json.getText() : type;
        default -> field(json, field);
      }
    }
    if (delta) {
      into.rev = ofRev;
      into.seq = ofSeq;
      into.author = author;
      changes++;
    }
    rev = ofRev;
    seq = ofSeq;
  }

  private void field(JsonParser json, String field) throws IOException {
    switch (field) {
      case "acked" -> acked = json.getLongValue();
      case "code" -> code = json.getText();
      case "message" -> message = json.getText();
      case "retryAfterMs" -> retryAfter = json.getLongValue();
      default -> json.skipChildren();
    }
  }

  private void ops(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      object(json, change(), false);
    }
  }

  private static void delta(JsonParser json, Change into) throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String kind = json.currentName();
        json.nextToken();
        switch (kind) {
          case "retain" -> into.add(Change.RETAIN, json.getIntValue());
          case "delete" -> into.add(Change.DELETE, json.getIntValue());
          case "insert" -> {
            int before = into.inserted.length();
            text(json, into.inserted);
            into.add(Change.INSERT, into.inserted.length() - before);
          }
          default -> json.skipChildren();
        }
      }
    }
  }

  private void document(JsonParser json) throws IOException {
    document = true;
    while (json.nextToken() == JsonToken.START_OBJECT) {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String kind = json.currentName();
        json.nextToken();
        if (kind.equals("insert")) {
          text(json, text);
        } else {
          json.skipChildren();
        }
      }
    }
  }

  /** An embed counts as one character. */
  private static void text(JsonParser json, StringBuilder into) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      into.append(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    } else {
      json.skipChildren();
      into.append('\uFFFC');
    }
  }

  private static int author(String uuid) {
    return uuid.startsWith(PREFIX) ? Integer.parseInt(uuid.substring(PREFIX_LENGTH), 16) : -1;
  }
}
