package org.tandem.collab.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;

/**
 * Reads one of the frames that come by the thousand (op, branch and cursor), without a tree, if it
 * is right and of the common form. It gives no reasons: of any other text it says nothing, and
 * {@link FrameDecoder} reads that again as a tree. Threads: one, once.
 */
final class CommonFrame {

  private static final long ABSENT = -1;

  private final Limits limits;
  private final String text;
  private String type = "";
  private long seq = ABSENT;
  private long rev = ABSENT;
  private long index = ABSENT;
  private long length = ABSENT;
  private @Nullable Delta delta;
  private @Nullable List<Delta> ops;

  CommonFrame(Limits limits, String text) {
    this.limits = limits;
    this.text = text;
  }

  /**
   * @param factory its parsers keep the bounds
   */
  @Nullable ClientFrame read(JsonFactory factory) {
    try (JsonParser json = factory.createParser(text)) {
      return fields(json) && json.nextToken() == null ? frame() : null;
    } catch (IOException unreadable) {
      return null;
    }
  }

  private boolean fields(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      boolean known =
          switch (name) {
            case "t" -> type(json);
            case "seq" -> (seq = whole(json)) > 0;
            case "rev" -> (rev = whole(json)) >= 0;
            case "index" -> (index = whole(json)) >= 0;
            case "length" -> (length = whole(json)) >= 0;
            case "delta" -> (delta = delta(json)) != null;
            case "ops" -> ops(json);
            default -> false;
          };
      if (!known) {
        return false;
      }
    }
    return json.hasToken(JsonToken.END_OBJECT);
  }

  private @Nullable ClientFrame frame() {
    if (type.equals("op") && seq > 0 && rev >= 0 && delta != null) {
      return new ClientFrame.Op(seq, rev, delta);
    }
    if (type.equals("branch") && seq > 0 && rev >= 0 && ops != null) {
      return new ClientFrame.Branch(seq, rev, ops);
    }
    if (type.equals("cursor") && index == ABSENT) {
      return new ClientFrame.Cursor(Optional.empty());
    }
    if (type.equals("cursor") && rev >= 0 && Math.max(index, length) <= Integer.MAX_VALUE) {
      int many = length == ABSENT ? 0 : (int) length;
      return new ClientFrame.Cursor(Optional.of(new Selection(rev, (int) index, many)));
    }
    return null;
  }

  private boolean type(JsonParser json) throws IOException {
    if (!json.hasToken(JsonToken.VALUE_STRING)) {
      return false;
    }
    type = json.getText();
    return true;
  }

  private static long whole(JsonParser json) throws IOException {
    return json.hasToken(JsonToken.VALUE_NUMBER_INT)
            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        ? json.getLongValue()
        : ABSENT;
  }

  /** The text between the brackets goes over as a text: plugin and host have each their Jackson. */
  private @Nullable Delta delta(JsonParser json) throws IOException {
    if (!json.hasToken(JsonToken.START_ARRAY)) {
      return null;
    }
    long from = json.currentTokenLocation().getCharOffset();
    json.skipChildren();
    long to = json.currentTokenLocation().getCharOffset() + 1;
    return DeltaJson.readCommon(text.substring((int) from, (int) to), limits.ops()).orElse(null);
  }

  private boolean ops(JsonParser json) throws IOException {
    if (!json.hasToken(JsonToken.START_ARRAY)) {
      return false;
    }
    List<Delta> read = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_ARRAY) {
      Delta one = delta(json);
      if (one == null || read.size() == FrameDecoder.MAX_BRANCH) {
        return false;
      }
      read.add(one);
    }
    ops = read;
    return json.hasToken(JsonToken.END_ARRAY) && !read.isEmpty();
  }
}
