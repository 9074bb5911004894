package org.tandem.collab.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.collab.protocol.ServerFrame.Subject;

/**
 * Reads a client's text frames. Nothing that a client sends makes it throw. Threads: safe for use
 * by any thread.
 */
public final class FrameDecoder {

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  /**
   * The frame, and within it a value of 32 levels. The list of a change's operations has as many
   * then, which is what reads it from the log takes ({@link DeltaJson}).
   */
  private static final int MAX_DEPTH = 33;

  /** Enough for each double written out: the least takes 1,077 characters. */
  static final int MAX_NUMBER = 1_100;

  static final int MAX_BRANCH = 100_000;

  /** Up to here a double holds every whole number. */
  private static final double MOST_EXACT = 1L << 53;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern PLUGIN = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern FIELD = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private final ObjectMapper mapper;
  private final Limits limits;

  public FrameDecoder(Limits limits) {
    this.limits = limits;
    JsonFactory factory =
        Json.factory()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(limits.message())
                    .build())
            .build();
    mapper = new ObjectMapper(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  public Decoded decode(String text) {
    ClientFrame common = new CommonFrame(limits, text).read(mapper.getFactory());
    return common == null ? decodeTree(text) : new Decoded.Frame(common);
  }

  /** Reads any frame, and says what is wrong with one that is none. */
  Decoded decodeTree(String text) {
    Map<String, Object> object;
    try {
      object = mapper.readValue(text, OBJECT);
    } catch (JsonProcessingException noObject) {
      return new Decoded.Unreadable("The message is not one JSON object, or it breaks a limit.");
    }
    if (object == null) {
      return new Decoded.Unreadable("The message is not one JSON object.");
    }
    try {
      return new Decoded.Frame(frame(object));
    } catch (Wrong wrong) {
      return subjectOf(object)
          .map(subject -> Decoded.Invalid.of(wrong.code, wrong.sentence, subject))
          .orElseGet(() -> Decoded.Invalid.of(wrong.code, wrong.sentence, seqOf(object)));
    }
  }

  private ClientFrame frame(Map<String, Object> object) throws Wrong {
    if (!(object.get("t") instanceof String type)) {
      throw new Wrong("t must be the frame's type.");
    }
    return switch (type) {
      case "join" -> new ClientFrame.Join(client(object), revOrNull(object));
      case "op" ->
          new ClientFrame.Op(seq(object), rev(object), delta(object.get("delta"), "delta"));
      case "branch" -> new ClientFrame.Branch(seq(object), rev(object), deltas(object));
      case "cursor" -> new ClientFrame.Cursor(selection(object));
      case "check" -> new ClientFrame.Check(rev(object), hash(object));
      case "message" -> message(object);
      case "presence" -> presence(object);
      case "ping" -> new ClientFrame.Ping(Optional.ofNullable(object.get("at")));
      default -> throw new Wrong("There is no frame of this type.");
    };
  }

  private ClientFrame message(Map<String, Object> object) throws Wrong {
    String plugin =
        name(object, "plugin", PLUGIN)
            .orElseThrow(() -> new Wrong("plugin must be a plugin's id."));
    PluginValue value = value(object).orElseThrow(() -> new Wrong("value must be there."));
    return new ClientFrame.Message(plugin, value);
  }

  private ClientFrame presence(Map<String, Object> object) throws Wrong {
    String field =
        name(object, "field", FIELD)
            .orElseThrow(() -> new Wrong("field must be the name of a presence field."));
    return new ClientFrame.Presence(field, value(object));
  }

  /** Empty without one. */
  private Optional<PluginValue> value(Map<String, Object> object) throws Wrong {
    Object read = object.get("value");
    if (read == null) {
      return Optional.empty();
    }
    Object plain =
        PluginValue.normal(read)
            .orElseThrow(
                () -> new Wrong("value holds a number or a character that JSON cannot hand on."));
    try {
      return Optional.of(new PluginValue(plain, mapper.writeValueAsString(plain)));
    } catch (JsonProcessingException impossible) {
      throw new Wrong("value must be JSON.");
    }
  }

  private static ClientId client(Map<String, Object> object) throws Wrong {
    return ClientId.parse(text(object, "client"))
        .orElseThrow(() -> new Wrong("client must be a UUID."));
  }

  private static OptionalLong revOrNull(Map<String, Object> object) throws Wrong {
    return object.get("rev") == null
        ? OptionalLong.empty()
        : OptionalLong.of(number(object, "rev", 0, Long.MAX_VALUE));
  }

  private static long rev(Map<String, Object> object) throws Wrong {
    return number(object, "rev", 0, Long.MAX_VALUE);
  }

  private static long seq(Map<String, Object> object) throws Wrong {
    return number(object, "seq", 1, Long.MAX_VALUE);
  }

  private static OptionalLong seqOf(Map<String, Object> object) {
    return object.get("seq") instanceof Number number && isWhole(number)
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  /**
   * Of which plugin's message, or of which field's value, a frame tells that is wrong otherwise.
   */
  private static Optional<Subject> subjectOf(Map<String, Object> object) {
    if ("message".equals(object.get("t"))) {
      return name(object, "plugin", PLUGIN).map(Subject.OfMessage::new);
    }
    return "presence".equals(object.get("t"))
        ? name(object, "field", FIELD).map(Subject.OfField::new)
        : Optional.empty();
  }

  private static Optional<String> name(Map<String, Object> object, String key, Pattern form) {
    return object.get(key) instanceof String name && form.matcher(name).matches()
        ? Optional.of(name)
        : Optional.empty();
  }

  private static Optional<Selection> selection(Map<String, Object> object) throws Wrong {
    if (object.get("index") == null) {
      return Optional.empty();
    }
    int index = (int) number(object, "index", 0, Integer.MAX_VALUE);
    int length =
        object.get("length") == null ? 0 : (int) number(object, "length", 0, Integer.MAX_VALUE);
    return Optional.of(new Selection(rev(object), index, length));
  }

  private List<Delta> deltas(Map<String, Object> object) throws Wrong {
    if (!(object.get("ops") instanceof List<?> list)
        || list.isEmpty()
        || list.size() > MAX_BRANCH) {
      throw new Wrong("ops must be a list of 1 to " + MAX_BRANCH + " changes.");
    }
    List<Delta> deltas = new ArrayList<>(list.size());
    for (Object plain : list) {
      deltas.add(delta(plain, "ops"));
    }
    return deltas;
  }

  private Delta delta(@Nullable Object plain, String name) throws Wrong {
    if (!(plain instanceof List<?> ops)) {
      throw new Wrong(name + " must be a list of operations.");
    }
    if (ops.size() > limits.ops()) {
      throw new Wrong(
          ErrorCode.TOO_LARGE, "A change holds at most " + limits.ops() + " operations.");
    }
    DeltaJson.Parsed parsed = DeltaJson.fromPlain(ops);
    if (parsed instanceof DeltaJson.Parsed.Malformed malformed) {
      throw new Wrong(ErrorCode.BAD_DELTA, malformed.reason());
    }
    return ((DeltaJson.Parsed.Valid) parsed).delta();
  }

  private static String hash(Map<String, Object> object) throws Wrong {
    String hash = text(object, "hash");
    if (!HASH.matcher(hash).matches()) {
      throw new Wrong("hash must be 64 lower-case hex digits.");
    }
    return hash;
  }

  private static String text(Map<String, Object> object, String name) throws Wrong {
    if (object.get(name) instanceof String text) {
      return text;
    }
    throw new Wrong(name + " must be a string.");
  }

  private static long number(Map<String, Object> object, String name, long least, long most)
      throws Wrong {
    if (object.get(name) instanceof Number number
        && isWhole(number)
        && number.longValue() >= least
        && number.longValue() <= most) {
      return number.longValue();
    }
    throw new Wrong(name + " must be a whole number from " + least + ".");
  }

  /** However it is written: 1.0 is 1. */
  private static boolean isWhole(Number number) {
    double value = number.doubleValue();
    return number instanceof Integer
        || number instanceof Long
        || value == Math.rint(value) && Math.abs(value) <= MOST_EXACT;
  }

  /** Leaves the reading of a frame; caught in {@link #decode}, so it carries no stack. */
  private static final class Wrong extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String sentence;

    Wrong(String sentence) {
      this(ErrorCode.BAD_MESSAGE, sentence);
    }

    Wrong(ErrorCode code, String sentence) {
      super(sentence, null, false, false);
      this.code = code;
      this.sentence = sentence;
    }
  }
}
