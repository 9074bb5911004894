package org.tandem.collab.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tandem.api.editor.EditorConnection;
import org.tandem.api.editor.PageChange;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Revision;

/**
 * What the listeners of all nodes were told: each node its changes once and in order, nothing that
 * is not stored, and in the end every stored change by somebody, but for those of nodes that died;
 * and of each connection that it came, and once at the most that it went.
 */
final class Told {

  private record Listening(String node, PageId page) {}

  private final OperationLog log;
  private final FaultyLog.Database database;
  private final Map<Listening, Long> last = new HashMap<>();
  private final Map<PageId, Set<Long>> committed = new HashMap<>();
  private final Set<String> dead = new HashSet<>();

  /** The connections that ever joined, by their ids. */
  private final Set<String> came = new HashSet<>();

  private final Map<String, EditorConnection> here = new HashMap<>();

  /**
   * @param log as it is, without faults
   */
  Told(OperationLog log, FaultyLog.Database database) {
    this.log = log;
    this.database = database;
  }

  /** May turn out not to be stored; what is told as stored afterwards is above it or the same. */
  void ordered(Scheduler.Actor node, PageChange change) {
    Long before = last.get(new Listening(node.toString(), change.page()));
    require(
        before == null || before < change.rev(),
        node + " ordered revision " + change.rev() + " after " + before);
  }

  void committed(Scheduler.Actor node, PageChange change) {
    Listening listening = new Listening(node.toString(), change.page());
    Long before = last.put(listening, change.rev());
    require(
        before == null || before < change.rev(),
        node + " told of revision " + change.rev() + " after " + before);
    require(isStored(change), node + " told of what is not stored: " + change);
    committed.computeIfAbsent(change.page(), first -> new HashSet<>()).add(change.rev());
  }

  private boolean isStored(PageChange change) {
    if (change.rev() <= database.beginning(change.page()) || log.head(change.page()) < 0) {
      return true;
    }
    List<Revision> there = log.revisions(change.page(), change.rev() - 1, change.rev());
    return there.size() == 1
        && there.get(0).user().equals(change.author())
        && there.get(0).delta().equals(change.change());
  }

  void missed(PageId page, long from, long to) {
    for (long rev = from; rev <= to; rev++) {
      committed.computeIfAbsent(page, first -> new HashSet<>()).add(rev);
    }
  }

  /** An editor came. */
  void joined(EditorConnection connection) {
    require(came.add(connection.id()), connection.id() + " joined twice");
    here.put(connection.id(), connection);
  }

  /** An editor that came went, once. */
  void left(EditorConnection connection) {
    EditorConnection before = here.remove(connection.id());
    require(before != null, connection.id() + " left and was not there");
    require(
        connection.client().equals(before.client()) && connection.page().equals(before.page()),
        before + " left as " + connection);
  }

  /** A node ended: what it had stored and did not tell yet nobody may ever be told. */
  void died(String node) {
    dead.add(node);
  }

  /**
   * @param alone saved by the wiki itself, which tells of that
   */
  void judge(PageId page, Revision revision, boolean alone) {
    require(
        alone
            || dead.contains(revision.stamp().node())
            || committed.getOrDefault(page, Set.of()).contains(revision.rev()),
        "nobody was told of revision " + revision.rev());
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
