package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.InMemoryDoorbells;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.CloseCode;

/** Who joins while another node gives its earlier change a place. */
@Timeout(60)
class JoiningTest {

  private static final Delta EMPTY_PAGE = Delta.builder().insert("\n").build();
  private static final Delta WORD = Delta.builder().insert("word ").build();

  private final PageId page = PageId.random();
  private final OnePageWiki wiki = new OnePageWiki(page, EMPTY_PAGE);
  private final InMemoryLog log = new InMemoryLog();
  private final HybridClock elsewhere = new HybridClock("b", System::currentTimeMillis);
  private final ScriptedClient comes = new ScriptedClient(page);

  /** What happens right before the log is asked something. */
  private volatile Consumer<String> before = question -> {};

  /** What the log says to be the last change of any client, when it is not to look. */
  private volatile @Nullable Mark mark;

  private final OperationLog interleaved =
      (OperationLog)
          Proxy.newProxyInstance(
              OperationLog.class.getClassLoader(),
              new Class<?>[] {OperationLog.class},
              (proxy, question, arguments) -> {
                before.accept(question.getName());
                if (mark != null && question.getName().equals("mark")) {
                  return mark;
                }
                try {
                  return question.invoke(log, arguments);
                } catch (InvocationTargetException failed) {
                  throw failed.getCause();
                }
              });

  private void committedElsewhere(ClientId client, UserId user) {
    long head = log.head(page);
    Revision revision = new Revision(head + 1, client, 1, user, WORD, elsewhere.next());
    log.append(List.of(new OperationLog.Append(page, head, List.of(revision))));
  }

  private Node node(LoopNetwork network) {
    return new Node(
        TestPorts.of(
            interleaved,
            log,
            network.port("a"),
            new InMemoryDoorbells().bell(),
            wiki,
            new HybridClock("a", System::currentTimeMillis)),
        new Threads());
  }

  /**
   * What it missed could not be read, the page was read anew, its change came in between: it was
   * told that the change is durable, with a document that lacked it, and let go of it.
   */
  @Test
  void whatIsToldToBeDurableIsInTheDocument() throws Exception {
    try (LoopNetwork network = new LoopNetwork();
        Node node = node(network)) {
      node.start();
      new ScriptedClient(page).join(node);
      committedElsewhere(Clients.fresh(), UserId.random());
      AtomicInteger loads = new AtomicInteger();
      before =
          question -> {
            if (question.equals("load")) {
              loads.incrementAndGet();
            } else if (question.equals("revisions") && loads.get() == 0) {
              throw new LogUnavailable("away for a moment, as the test wants", null);
            } else if (question.equals("mark") && loads.get() == 1) {
              loads.incrementAndGet();
              committedElsewhere(comes.id, comes.user.id());
            }
          };
      comes.join(node);
      JsonNode joined = comes.heard().get(0);
      assertEquals(2, joined.get("rev").asLong());
      assertEquals(1, joined.get("acked").asLong());
      assertEquals(log.documentAt(page, 2).orElseThrow(), comes.document());
    }
  }

  /** A log that does not show what it says to hold. */
  @Test
  void whoCannotBeToldWhatIsDurableIsSentAway() throws Exception {
    try (LoopNetwork network = new LoopNetwork();
        Node node = node(network)) {
      node.start();
      new ScriptedClient(page).join(node);
      mark = new Mark(9, 99, Optional.of(comes.user.id()));
      comes.connect(node);
      comes.await("sent away", away -> away.closed().isPresent());
      assertEquals(Optional.of(CloseCode.OVERLOADED), comes.closed());
      assertEquals(List.of(), comes.heard());
    }
  }
}
