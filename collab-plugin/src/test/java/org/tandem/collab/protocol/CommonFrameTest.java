package org.tandem.collab.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A frame that is read as a stream is the one that its tree is. */
class CommonFrameTest {

  private static final int FRAMES = 50_000;
  private static final Limits LIMITS = new Limits(4_096, 3, 30);
  private static final FrameDecoder DECODER = new FrameDecoder(LIMITS);

  private static final List<String> TYPES =
      List.of("\"op\"", "\"op\"", "\"branch\"", "\"cursor\"", "\"ping\"", "\"x\"", "7", "null");
  private static final List<String> NAMES =
      List.of("seq", "rev", "delta", "ops", "index", "length", "at", "seq", "rev", "t");
  private static final List<String> NUMBERS =
      List.of("1", "7", "0", "-1", "2147483648", "9223372036854775807", "9223372036854775808");
  private static final List<String> ODD =
      List.of("1.0", "1e3", "null", "\"1\"", "{}", "[]", "[[]]", "[[],7]", "true", "01", "[", "-0");
  private static final List<String> OPS =
      List.of(
          "{\"retain\":3}",
          "{\"insert\":\"a\\u00e4\\ud83d\"}",
          "{\"attributes\":{\"bold\":null,\"size\":-0},\"insert\":\"b\"}",
          "{\"insert\":{\"image\":\"/x\"},\"attributes\":{}}",
          "{\"insert\":{\"image\":{\"a\":[1.5]}}}",
          "{\"delete\":2}",
          "{\"delete\":2,\"attributes\":{}}",
          "{\"delete\":2,\"attributes\":{\"a\":1}}",
          "{\"retain\":1,\"retain\":1}",
          "{\"retain\":1,\"attributes\":{\"a\":1e400}}",
          "{\"retain\":1,\"attributes\":{\"a\":4294967296}}",
          "{\"retain\":67108864}",
          "{\"insert\":\"\"}",
          "7");

  private final Random random = new Random(4);

  @Test
  void allThatAFrameMayHoldIsReadAsItsTree() {
    int right = 0;
    for (int i = 0; i < FRAMES; i++) {
      String text = frame();
      Decoded decoded = DECODER.decode(text);
      assertEquals(DECODER.decodeTree(text), decoded, text);
      right += decoded instanceof Decoded.Frame ? 1 : 0;
    }
    assertTrue(right > FRAMES / 20, right + " frames were right");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":\"op\",\"seq\":7,\"rev\":1,\"delta\":[{\"retain\":1},{\"insert\":\"a\"}]}",
        "{\"t\":\"branch\",\"seq\":7,\"rev\":1,\"ops\":[[{\"delete\":1}],[]]}",
        "{\"t\":\"cursor\",\"rev\":1,\"index\":4,\"length\":2}"
      })
  void whatComesByTheThousandNeedsNoTree(String text) {
    assertNotNull(new CommonFrame(LIMITS, text).read(new JsonFactory()));
  }

  private String frame() {
    StringBuilder text = new StringBuilder("{\"t\":").append(one(TYPES));
    boolean usual = random.nextBoolean();
    if (usual) {
      text.append(",\"seq\":7,\"rev\":1,\"delta\":").append(delta());
      text.append(",\"ops\":[").append(delta()).append(',').append(delta()).append(']');
    }
    for (int fields = random.nextInt(usual ? 3 : 6); fields > 0; fields--) {
      text.append(",\"").append(one(NAMES)).append("\":").append(value());
    }
    return text.append(random.nextInt(20) == 0 ? "}x" : "}").toString();
  }

  private String value() {
    return switch (random.nextInt(4)) {
      case 0 -> one(ODD);
      case 1 -> delta();
      default -> one(NUMBERS);
    };
  }

  private String delta() {
    StringBuilder ops = new StringBuilder("[");
    for (int i = random.nextInt(5); i > 0; i--) {
      ops.append(one(random.nextBoolean() ? OPS.subList(0, 4) : OPS)).append(i == 1 ? "" : ",");
    }
    return ops.append(']').toString();
  }

  private String one(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
