package org.tandem.distribution.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

  private final FrameReader frame = new FrameReader();

  private List<String> read(String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    frame.read(bytes, bytes.length);
    List<String> changes = new ArrayList<>();
    frame.each(change -> changes.add(change.rev + " " + change.inserted));
    return changes;
  }

  /** A client that came back took it for an op, and waited for its joined for good. */
  @Test
  void aJoinedFrameWithWhatWasMissedIsAJoinedFrame() throws IOException {
    List<String> changes =
        read(
            "{\"t\":\"joined\",\"rev\":6,\"acked\":3,\"ops\":["
                + "{\"t\":\"op\",\"rev\":5,\"client\":\"x\",\"seq\":1,\"delta\":[{\"insert\":\"a\"}]},"
                + "{\"t\":\"op\",\"rev\":6,\"client\":\"x\",\"seq\":2,\"delta\":[{\"insert\":\"b\"}]}]}");
    assertEquals(List.of("5 a", "6 b"), changes);
    assertEquals("joined", frame.type);
    assertEquals(6, frame.rev);
    assertEquals(3, frame.acked);
  }

  @Test
  void anOpFrameIsOneChange() throws IOException {
    assertEquals(
        List.of("5 a"),
        read("{\"t\":\"op\",\"rev\":5,\"client\":\"x\",\"seq\":1,\"delta\":[{\"insert\":\"a\"}]}"));
    assertEquals("op", frame.type);
  }
}
