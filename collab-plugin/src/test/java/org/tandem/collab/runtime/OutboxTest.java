package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tandem.collab.Clients;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.CloseCode;

class OutboxTest {

  private static final ClientId ONE = Clients.fresh();
  private static final ClientId OTHER = Clients.fresh();

  private final List<String> did = new ArrayList<>();
  private final Queue<Consumer<Boolean>> sending = new ArrayDeque<>();
  private final Outbox outbox = new Outbox(new Stuck(), () -> did.add("overflowed"));

  /** Sends for as long as the test wants. */
  private final class Stuck implements Wire {

    @Override
    public void send(String text, Consumer<Boolean> done) {
      did.add(text.length() > 100 ? "much" : text);
      sending.add(done);
    }

    @Override
    public void closing(CloseCode code) {
      did.add("closing " + code.code());
    }

    @Override
    public void close(CloseCode code) {
      did.add("close " + code.code());
    }
  }

  private void sent(boolean written) {
    sending.remove().accept(written);
  }

  @Test
  void sendsOneAfterTheOther() {
    outbox.send("a");
    outbox.send("b");
    assertEquals(List.of("a"), did);
    sent(true);
    sent(true);
    assertEquals(List.of("a", "b"), did);
    assertEquals(0, outbox.size());
  }

  @Test
  void sendsChangesThatPiledUpAsOne() {
    outbox.send("a");
    outbox.addOps(List.of("1", "2"));
    outbox.addOps(List.of("3"));
    outbox.send("b");
    sent(true);
    sent(true);
    assertEquals(List.of("a", "{\"t\":\"ops\",\"ops\":[1,2,3]}", "b"), did);
  }

  @Test
  void ofOneClientsCaretsTheNewestWaits() {
    outbox.send("a");
    outbox.addNewest(ONE, "one at 1");
    outbox.addNewest(OTHER, "other at 1");
    outbox.addNewest(ONE, "one at 22");
    assertEquals("one at 22".length() + "other at 1".length(), outbox.size());
    sent(true);
    outbox.addNewest(ONE, "one at 3");
    sent(true);
    sent(true);
    assertEquals(List.of("a", "one at 22", "other at 1", "one at 3"), did);
    assertEquals(0, outbox.size());
  }

  /** A caret says of which revision it is, and a client that joined again begins without one. */
  @Test
  void aNewerCaretComesAfterWhatItStandsBehind() {
    outbox.send("a");
    outbox.addNewest(ONE, "one at 1");
    outbox.addNewest(OTHER, "other at 1");
    outbox.addOps(List.of("op"));
    outbox.addNewest(ONE, "one at 2");
    outbox.add("left");
    outbox.add("joined");
    outbox.addNewest(OTHER, "other at 2");
    for (int i = 0; i < 6; i++) {
      sent(true);
    }
    assertEquals(List.of("a", "op", "one at 2", "left", "joined", "other at 2"), did);
  }

  /** The wire once heard of a close when all was sent, which may be minutes later, or never. */
  @Test
  void aCloseBeginsWhileASendIsStuck() {
    outbox.send("a");
    outbox.send("b");
    outbox.close(CloseCode.TOO_LARGE);
    outbox.close(CloseCode.GOING_DOWN);
    assertEquals(List.of("a", "closing 4413"), did);
    sent(true);
    sent(true);
    assertEquals(List.of("a", "closing 4413", "b", "close 4413"), did);
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGNED_OUT", "ACCESS_GONE", "PAGE_GONE", "HEARTBEAT_MISSED"})
  void whoIsShutOutOrGoneIsSentNothingMore(CloseCode code) {
    outbox.send("a");
    outbox.send("b");
    outbox.addOps(List.of("1"));
    outbox.close(code);
    assertEquals(0, outbox.size());
    outbox.send("c");
    sent(true);
    assertEquals(List.of("a", "closing " + code.code(), "close " + code.code()), did);
  }

  @Test
  void aSendThatFailsLetsTheCloseThroughAndNothingElse() {
    outbox.send("a");
    outbox.send("b");
    outbox.close(CloseCode.TOO_LARGE);
    sent(false);
    assertEquals(List.of("a", "closing 4413", "close 4413"), did);
  }

  @Test
  void aBrokenConnectionIsNotClosed() {
    outbox.send("a");
    outbox.send("b");
    sent(false);
    outbox.send("c");
    outbox.close(CloseCode.SIGNED_OUT);
    assertEquals(List.of("a"), did);
  }

  @Test
  void whoDoesNotReadIsClosedOnce() {
    outbox.send("a");
    outbox.send("x".repeat(Outbox.BOUND));
    outbox.send("b");
    outbox.send("c");
    sent(true);
    assertEquals(List.of("a", "closing 4429", "close 4429", "overflowed"), did);
    assertEquals(0, outbox.size());
  }
}
