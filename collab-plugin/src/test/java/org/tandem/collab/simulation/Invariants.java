package org.tandem.collab.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
  private final FaultyLog.Database database;
  private final Told told;

  /**
   * @param log as it is, without faults
   */
  Invariants(OperationLog log, FaultyLog.Database database, Told told) {
    this.log = log;
    this.told = told;
    this.database = database;
  }

  long head(PageId page) {
    return Math.max(0, log.head(page));
  }

  /** An acknowledged change is in the log at that moment, at the revision that was told. */
  void acknowledged(SimulatedClient client, long seq, long rev) {
    require(isThere(client.page, client.id, seq, rev), client.device, "seq " + seq, rev);
  }

  /** Likewise a save. */
  void saved(PageId page, ClientId client, long rev, boolean byAnyClient) {
    require(byAnyClient || isThere(page, client, 1, rev), "who saves", "it", rev);
  }

  private static void require(boolean there, Object who, String what, long rev) {
    require(there, who + " was told that " + what + " is revision " + rev + ", which it is not");
  }

  private boolean isThere(PageId page, ClientId client, long seq, long rev) {
    if (rev <= database.beginning(page) || log.head(page) < 0) {
      return true;
    }
    List<Revision> there = log.revisions(page, rev - 1, rev);
    return there.size() == 1 && there.get(0).client().equals(client) && there.get(0).seq() == seq;
  }

  /** A client's change is not to be had on a revision below a refusal, heard or not. */
  boolean isStale(SimulatedClient client, long base) {
    return base < database.beginning(client.page)
        || log.revisions(client.page, base, Long.MAX_VALUE).stream()
            .anyMatch(entered -> isRefusal(entered) && entered.user().equals(client.user.id()));
  }

  private static boolean isRefusal(Revision revision) {
    return revision.client().toString().startsWith("ffffffff-") && revision.delta().ops().isEmpty();
  }

  void judge(Simulation world) {
    for (SimulatedClient client : world.clients()) {
      require(client.settled(), "nothing is in the way and still not settled: " + client.state());
    }
    for (Saver saver : world.savers()) {
      require(saver.settled(), "a save has no answer: " + saver);
    }
    for (PageId page : world.pages()) {
      if (world.wiki().isDeleted(page)) {
        require(
            log.head(page) < 0 || !world.host().cleared(page),
            "the wiki has no page " + page + ", and the log has");
      } else {
        judge(world, page);
      }
    }
  }

  private void judge(Simulation world, PageId page) {
    List<SimulatedClient> clients =
        world.clients().stream().filter(client -> client.page.equals(page)).toList();
    Delta document = replay(page, world.checks());
    for (SimulatedClient client : clients) {
      if (!client.shutOut()) {
        require(client.rev() == head(page), "not at the head: " + client.state());
        require(client.document().equals(document), "another document: " + client.state());
      }
      long last = log.mark(page, client.id).seq();
      int known = client.acknowledged().size();
      require(
          last == known || client.shutOut() && last == known + 1,
          "of " + last + " changes in the log not all were acknowledged: " + client.state());
      client.writer().unknown();
    }
    Words words = new Words();
    clients.forEach(client -> words.of(client.writer()));
    world.savers().stream().filter(saver -> saver.page.equals(page)).forEach(words::of);
    if (world.wiki().savedAlone(page).isEmpty()) {
      words.judge(Writer.text(document));
    }
  }

  /** The page from its log's beginning on, revision by revision. */
  private Delta replay(PageId page, boolean checked) {
    long rev = database.beginning(page);
    Delta document = log.documentAt(page, rev).orElse(Delta.builder().insert("\n").build());
    Map<ClientId, Long> seqs = new HashMap<>();
    for (Revision revision : log.revisions(page, rev, Long.MAX_VALUE)) {
      require(revision.rev() == ++rev, "revision " + revision.rev() + " in the place of " + rev);
      Long before = seqs.put(revision.client(), revision.seq());
      require(
          follows(page, revision, before),
          revision.client() + ": seq " + revision.seq() + " after " + before);
      require(
          !checked || revision.delta().ops().stream().noneMatch(SimulatedHooks::isRefused),
          "a check refused revision " + revision.rev());
      told.judge(page, revision, isAlone(page, revision));
      document = document.compose(revision.delta());
      if (rev % REPLAYED == 0 || rev == head(page)) {
        Delta replayed = log.documentAt(page, rev).orElseThrow();
        require(replayed.equals(document), "a replay from a snapshot differs at " + rev);
      }
    }
    require(rev == head(page), "the newest revision is " + rev + ", not " + head(page));
    return document;
  }

  private boolean follows(PageId page, Revision revision, @Nullable Long before) {
    if (before == null) {
      return database.beginning(page) > 0 || revision.seq() == 1 || isAlone(page, revision);
    }
    return revision.seq() == before + 1 || revision.seq() > before && isAlone(page, revision);
  }

  /** What the wiki saved alone has the wiki's revisions for its seqs. */
  private static boolean isAlone(PageId page, Revision revision) {
    byte[] name = ("saved alone " + page).getBytes(StandardCharsets.UTF_8);
    return revision.client().equals(new ClientId(UUID.nameUUIDFromBytes(name)));
  }

  /** Each word that was written and that nobody deleted is there, once. */
  private static final class Words {
    private final Set<String> written = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();
    private final Set<String> unsure = new HashSet<>();

    void of(Writer writer) {
      written.addAll(writer.written());
      deleted.addAll(writer.deleted());
      unsure.addAll(writer.unsure());
    }

    void of(Saver saver) {
      written.addAll(saver.written());
      unsure.addAll(saver.unsure());
    }

    void judge(String text) {
      List<String> found = new ArrayList<>(List.of(text.split("[ \n]+")));
      found.removeIf(String::isEmpty);
      Set<String> there = new HashSet<>(found);
      require(found.size() == there.size(), "a word is there twice: " + text);
      written.removeAll(deleted);
      written.removeAll(unsure);
      there.removeAll(unsure);
      require(written.equals(there), "words: " + written + " but found " + text);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
