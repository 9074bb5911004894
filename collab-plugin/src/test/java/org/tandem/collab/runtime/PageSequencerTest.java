package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.Selection;
import org.tandem.collab.telemetry.Telemetry;

/** The sequencer alone; appends wait as long as the test wants. */
class PageSequencerTest {

  private static final Delta BEYOND = Delta.builder().retain(1_000).delete(1).build();

  private final PageId page = PageId.random();
  private final Delta document = Delta.builder().insert("\n").build();
  private final OnePageWiki wiki = new OnePageWiki(page, document);
  private final LoopNetwork network = new LoopNetwork();
  private final Clockwork workers = new Clockwork();
  private final InMemoryLog log = new InMemoryLog();
  private final HybridClock clock = new HybridClock("a", workers::now);
  private final Ports ports = TestPorts.of(log, network.port("a"), wiki, clock, workers::now);
  private final Mailbox mailbox = new Mailbox(workers);
  private final ScriptedHooks hooks = new ScriptedHooks();
  private final PageCopy copy =
      new PageCopy(page, ports, new OldRevisions(page, ports), new Nobody());
  private final PageSequencer sequencer = sequencer(ports, copy);

  private PageSequencer sequencer(Ports of, PageCopy copy) {
    return new PageSequencer(
        page,
        of,
        copy,
        new OldRevisions(page, of),
        new GroupCommit(log, workers.commits(), Telemetry.SILENT),
        mailbox,
        new Listening(of.hooks()));
  }

  private static final class Nobody implements PageCopy.Listener {

    @Override
    public void committed(List<Revision> revisions, boolean here) {}

    @Override
    public void cutOff(long told, long now) {}

    @Override
    public void settled() {}
  }

  /** Who notes what it is told, and may fail at that. */
  private static class Noting implements Author {

    private final List<String> told = new ArrayList<>();

    @Override
    public void committed(Revision revision) {
      told.add("committed");
    }

    @Override
    public void repeated(long seq, long rev) {
      told.add("repeated");
    }

    @Override
    public void refused(long seq, ErrorCode code, String reason) {
      told.add(code.word());
    }

    @Override
    public void refusedInDoubt(long seq, ErrorCode code, String reason) {
      told.add("in doubt: " + code.word());
    }

    @Override
    public void uncertain() {
      told.add("uncertain");
    }
  }

  @BeforeEach
  void begin() throws Exception {
    log.create(page, 0, document);
    Revision first =
        new Revision(1, Clients.fresh(), 1, UserId.random(), insert("abc"), clock.next());
    log.append(List.of(new OperationLog.Append(page, 0, List.of(first))));
    copy.state();
  }

  @AfterEach
  void stop() {
    network.close();
  }

  private static Delta insert(String text) {
    return Delta.builder().insert(text).build();
  }

  private void submit(Author author, Delta change) {
    sequencer.submit(author, change(change));
  }

  private static Submission change(Delta change) {
    return new Submission(Clients.fresh(), 1, UserId.random(), 1, List.of(change), Manner.TYPED);
  }

  /** The one before it had been given its place, and heard of it no more. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAnswerThatFailsLeavesNoneBesideItWithoutOne(boolean ofMemory) {
    submit(new Noting(), insert("under way"));
    assertFalse(copy.idle());
    Noting before = new Noting();
    submit(before, insert("before"));
    submit(
        new Noting() {
          @Override
          public void refused(long seq, ErrorCode code, String reason) {
            if (ofMemory) {
              throw new OutOfMemoryError("as the test wants");
            }
            throw new IllegalStateException("as the test wants");
          }
        },
        BEYOND);
    Noting after = new Noting();
    submit(after, insert("after"));
    workers.runUntil(0);
    assertEquals(List.of("internal"), before.told);
    assertEquals(List.of("internal"), after.told);
    assertTrue(sequencer.empty());
    assertEquals(2, log.head(page));
    submit(new Noting(), insert("next"));
    workers.runUntil(0);
    assertEquals(3, log.head(page));
  }

  /** It was left where it was, and moved later by what came after the append alone. */
  @Test
  void aCaretIsMovedToTheCommittedRevisionAlsoWhileAnAppendIsUnderWay() {
    Carets carets = new Carets(copy);
    submit(new Noting(), insert("under way"));
    assertFalse(copy.idle());
    assertEquals(Optional.of(new Selection(1, 3, 0)), carets.atHead(new Selection(0, 0, 0)));
    assertEquals(
        Optional.of(new Selection(1, 3, 0)), carets.atHead(new Selection(1, 100, 0)), "the end");
    assertEquals(Optional.empty(), carets.atHead(new Selection(2, 0, 0)), "nobody was told of it");
    workers.runUntil(0);
    assertEquals(Optional.of(new Selection(2, 12, 0)), carets.atHead(new Selection(0, 0, 0)));
  }

  /** Of two that were asked about at once, one had no answer ever. */
  @Test
  void whoSubmitsUponAnAnswerWaitsForThoseBefore() throws Exception {
    Ports with = TestPorts.with(ports, hooks);
    PageSequencer checked =
        sequencer(with, new PageCopy(page, with, new OldRevisions(page, with), new Nobody()));
    Noting third = new Noting();
    Noting first =
        new Noting() {
          @Override
          public void refused(long seq, ErrorCode code, String reason) {
            checked.submit(third, change(insert("third")));
          }
        };
    checked.submit(first, change(insert("first")));
    checked.submit(new Noting(), change(insert("second")));
    ScriptedHooks.Asked asked = hooks.next();
    asked.refuse("Not here.");
    workers.runUntil(0);
    ScriptedHooks.Asked next = hooks.next();
    assertTrue(hooks.nothingAsked(), "one at a time");
    assertEquals(insert("second"), next.change().change());
    next.accept();
    workers.runUntil(0);
    hooks.next().accept();
    workers.runUntil(0);
    assertEquals(3, log.head(page));
    assertEquals(List.of(), third.told);
    assertTrue(checked.empty());
  }

  /** It waited for all that were checked after it. */
  @Test
  void whatHasItsPlaceIsNotHeldUpByTheChecksOfOthers() throws Exception {
    Ports with = TestPorts.with(ports, hooks);
    PageSequencer checked =
        sequencer(with, new PageCopy(page, with, new OldRevisions(page, with), new Nobody()));
    checked.submit(new Noting(), change(insert("before")));
    checked.submit(new Noting(), change(insert("first")));
    checked.submit(new Noting(), change(insert("second")));
    checked.submit(new Noting(), change(insert("third")));
    hooks.next().accept();
    workers.runUntil(0);
    hooks.next().accept();
    workers.runUntil(0);
    ScriptedHooks.Asked second = hooks.next();
    workers.runUntil(Batch.CHECKING);
    second.accept();
    workers.runUntil(workers.now());
    assertEquals(4, log.head(page), "the second goes with the first, and the third is checked");
  }

  /** The owner of a page refused, and another node accepted, a copy that came there late. */
  @Test
  void aChangeThatMayBeElsewhereIsRefusedInDoubt() {
    Noting author = new Noting();
    submit(Doubtful.of(author), BEYOND);
    workers.runUntil(0);
    assertEquals(List.of("in doubt: bad_delta"), author.told);
  }
}
