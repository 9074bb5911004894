package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.RealDatabase;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.log.hibernate.HibernateLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.telemetry.Telemetry;

class GroupCommitTest {

  /** The log takes a page once in one transaction: two would be judged by one state of its head. */
  @Test
  void commitsTwoAppendsToOnePageOneAfterTheOther() {
    OperationLog log = new HibernateLog(RealDatabase.shared().sessions());
    Queue<Runnable> tasks = new ArrayDeque<>();
    GroupCommit commits = new GroupCommit(log, tasks::add, Telemetry.SILENT);
    PageId page = PageId.random();
    PageId other = PageId.random();
    log.create(page, 0, Delta.builder().insert("\n").build());
    log.create(other, 0, Delta.builder().insert("\n").build());
    List<GroupCommit.Outcome> outcomes = new ArrayList<>();
    commits.append(append(page, 0), outcomes::add);
    commits.append(append(page, 1), outcomes::add);
    commits.append(append(other, 0), outcomes::add);
    commits.append(append(page, 1), outcomes::add);
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    assertEquals(
        List.of(
            GroupCommit.Outcome.COMMITTED,
            GroupCommit.Outcome.COMMITTED,
            GroupCommit.Outcome.COMMITTED,
            GroupCommit.Outcome.FENCED),
        outcomes);
    assertEquals(2, log.revisions(page, 0, 9).size());
  }

  /** Five hundred pages with as much as each may append would be gigabytes in one transaction. */
  @Test
  void commitsNoMoreCharactersAtOnceThanItMay() {
    InMemoryLog log = new InMemoryLog();
    Queue<Runnable> tasks = new ArrayDeque<>();
    GroupCommit commits = new GroupCommit(log, tasks::add, Telemetry.SILENT);
    List<GroupCommit.Outcome> outcomes = new ArrayList<>();
    String quarter = "x".repeat((int) (GroupCommit.WEIGHT_IN_ONE / 4) - 1_000);
    for (int i = 0; i < 6; i++) {
      PageId page = PageId.random();
      log.create(page, 0, Delta.builder().insert("\n").build());
      commits.append(append(page, 0, quarter), outcomes::add);
    }
    tasks.remove().run();
    assertEquals(4, outcomes.size());
    tasks.remove().run();
    assertEquals(6, outcomes.size());
  }

  private static OperationLog.Append append(PageId page, long head) {
    return append(page, head, "a");
  }

  private static OperationLog.Append append(PageId page, long head, String text) {
    Revision revision =
        new Revision(
            head + 1,
            Clients.fresh(),
            1,
            UserId.random(),
            Delta.builder().insert(text).build(),
            new Stamp(head + 1, "node"));
    return new OperationLog.Append(page, head, List.of(revision));
  }
}
