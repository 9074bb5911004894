package org.tandem.collab.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/** What must be true in every world, whatever went wrong in it. */
final class Invariants {

  /** A replay goes from the newest snapshot below, so that these come by every snapshot. */
  private static final int REPLAYED = 20;

  private final OperationLog log;

  /**
   * @param log as it is, without faults
   */
  Invariants(OperationLog log) {
    this.log = log;
  }

  long head(PageId page) {
    return Math.max(0, log.head(page));
  }

  /** An acknowledged change is in the log at that moment, at the revision that was told. */
  void acknowledged(SimulatedClient client, long seq, long rev) {
    List<Revision> there = log.revisions(client.page, rev - 1, rev);
    require(
        there.size() == 1 && there.get(0).client().equals(client.id) && there.get(0).seq() == seq,
        client.device
            + " was told that seq "
            + seq
            + " is revision "
            + rev
            + ", which is "
            + there);
  }

  void judge(List<PageId> pages, List<SimulatedClient> clients) {
    for (SimulatedClient client : clients) {
      require(client.settled(), "nothing is in the way and still not settled: " + client.state());
    }
    for (PageId page : pages) {
      judge(page, clients.stream().filter(client -> client.page.equals(page)).toList());
    }
  }

  private void judge(PageId page, List<SimulatedClient> clients) {
    List<Revision> revisions = log.revisions(page, 0, Long.MAX_VALUE);
    Delta document = log.documentAt(page, 0).orElse(Delta.builder().insert("\n").build());
    Map<ClientId, Long> seqs = new HashMap<>();
    long rev = 0;
    for (Revision revision : revisions) {
      require(revision.rev() == ++rev, "revision " + revision.rev() + " in the place of " + rev);
      long seq = seqs.merge(revision.client(), 1L, Long::sum);
      require(
          revision.seq() == seq,
          revision.client() + ": seq " + revision.seq() + " in the place of " + seq);
      document = document.compose(revision.delta());
      if (rev % REPLAYED == 0 || rev == revisions.size()) {
        Delta replayed = log.documentAt(page, rev).orElseThrow();
        require(replayed.equals(document), "a replay from a snapshot differs at " + rev);
      }
    }
    for (SimulatedClient client : clients) {
      require(client.rev() == rev, "not at the head, " + rev + ": " + client.state());
      require(client.document().equals(document), "another document: " + client.state());
      require(
          seqs.getOrDefault(client.id, 0L) == client.acknowledged().size(),
          "not all that is in the log was acknowledged: " + client.state());
    }
    words(Writer.text(document), clients);
  }

  /** Each word that was written and that nobody deleted is there, once. */
  private static void words(String text, List<SimulatedClient> clients) {
    Set<String> expected = new HashSet<>();
    clients.forEach(client -> expected.addAll(client.writer().written()));
    clients.forEach(client -> expected.removeAll(client.writer().deleted()));
    List<String> found = new ArrayList<>(List.of(text.split("[ \n]+")));
    found.removeIf(String::isEmpty);
    require(found.size() == new HashSet<>(found).size(), "a word is there twice: " + text);
    require(expected.equals(new HashSet<>(found)), "words: " + expected + " but found " + text);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
