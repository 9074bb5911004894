package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tandem.collab.protocol.CloseCode;

/** Who is sent to before whom, on a page that many read. */
class DeliveryTest extends StandingPage {

  /** How many readers have a frame when a change is answered that comes with the first of them. */
  private static List<Long> whenAnswered(Client writer, List<Client> readers, String frame) {
    List<Long> haveIt = new ArrayList<>();
    readers.get(0).listener =
        () -> {
          readers.get(0).listener = () -> {};
          writer.say(OP);
        };
    writer.listener =
        () -> {
          if (writer.heard("ack") == 1 && haveIt.isEmpty()) {
            haveIt.add(readers.stream().filter(reader -> reader.heard(frame) > 0).count());
          }
        };
    return haveIt;
  }

  /** An answer once waited until each of the readers was sent the change before. */
  @Test
  void anAnswerWaitsForSomeReadersOfTheChangeBeforeAndNotForAll() {
    Client first = join();
    Client second = join();
    List<Client> readers = Stream.generate(this::join).limit(4 * READERS_AT_ONCE).toList();
    workers.run();
    List<Long> haveIt = whenAnswered(second, readers, "op");
    first.say(OP);
    workers.run();
    assertTrue(haveIt.get(0) < readers.size(), haveIt + " of " + readers.size() + " readers");
    for (Client reader : readers) {
      List<String> news =
          reader.heard.stream().filter(text -> text.contains("\"t\":\"op\"")).toList();
      String all = String.join("", news);
      assertTrue(all.indexOf("\"rev\":1,") < all.indexOf("\"rev\":2,"), all);
      assertTrue(all.contains("\"rev\":1,"), all);
    }
  }

  /** Each of the turns it takes to tell all of them once waited for all letters. */
  @Test
  void theLastReaderOfAChangeWaitsForSomeOfTheLettersBeforeIt() {
    Client writer = join();
    List<Client> readers = Stream.generate(this::join).limit(5 * READERS_AT_ONCE).toList();
    workers.run();
    AtomicInteger letters = new AtomicInteger();
    AtomicInteger before = new AtomicInteger(-1);
    Client last = readers.get(readers.size() - 1);
    last.listener = () -> before.compareAndSet(-1, letters.get());
    writer.listener =
        () -> {
          writer.listener = () -> {};
          for (int i = 0; i < 1_000; i++) {
            node.current(page).thenRun(letters::incrementAndGet);
          }
        };
    writer.say(OP);
    workers.run();
    assertEquals(1_000, letters.get());
    assertEquals(1, last.heard("op"));
    assertEquals(4 * Mailbox.BETWEEN, before.get());
  }

  /** A caret of one among hundreds once was sent to all of them before anything else. */
  @Test
  void anAnswerWaitsForSomeReadersOfACaretAndNotForAll() {
    Client mover = join();
    Client writer = join();
    List<Client> readers = Stream.generate(this::join).limit(4 * READERS_AT_ONCE).toList();
    workers.run();
    List<Long> haveIt = whenAnswered(writer, readers, "cursor");
    mover.say("{\"t\":\"cursor\",\"rev\":0,\"index\":0,\"length\":0}");
    workers.run();
    assertTrue(haveIt.get(0) < readers.size(), haveIt + " of " + readers.size() + " readers");
    for (Client reader : readers) {
      assertEquals(1, reader.heard("cursor"));
      assertEquals(1, reader.heard("op"));
    }
  }

  /**
   * Those behind it once waited for the page's next change, and its author's for their revision.
   */
  @Test
  void aFaultOfOneReaderOrAuthorHoldsUpNobodyElse() {
    Client first = join();
    Client second = join();
    List<Client> readers = Stream.generate(this::join).limit(2 * READERS_AT_ONCE).toList();
    workers.run();
    for (Client faulty : List.of(readers.get(0), first)) {
      faulty.listener =
          () -> {
            throw new UnsupportedOperationException("a fault, as the test wants");
          };
    }
    first.say(OP);
    workers.run();
    assertEquals(Optional.of(CloseCode.OVERLOADED), first.ending);
    assertEquals(Optional.of(CloseCode.OVERLOADED), readers.get(0).ending);
    assertEquals(1, second.heard("op"));
    for (Client reader : readers) {
      assertEquals(1, reader.heard("op"));
    }
    second.say(OP);
    workers.run();
    assertEquals(1, second.heard("ack"));
  }
}
