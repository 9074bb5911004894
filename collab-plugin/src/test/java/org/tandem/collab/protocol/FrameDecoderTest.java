package org.tandem.collab.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

  private static final FrameDecoder DECODER = new FrameDecoder(Limits.DEFAULT);

  private static Decoded op(String attribute) {
    return DECODER.decode(
        "{\"t\":\"op\",\"seq\":7,\"rev\":1,\"delta\":[{\"retain\":1,\"attributes\":{\"a\":"
            + attribute
            + "}}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e400", "[{\"b\":1e309}]"})
  void aNumberThatNoDoubleHoldsIsABadDelta(String number) {
    assertEquals(
        new Decoded.Invalid(
            ErrorCode.BAD_DELTA, "A number is beyond what JSON numbers hold.", OptionalLong.of(7)),
        op(number));
  }

  @Test
  void aNumberIsTheSameHoweverItIsWritten() {
    assertEquals(op("1e20"), op("100000000000000000000"));
    assertEquals(op("9007199254740992"), op("9007199254740993"));
  }
}
