package org.tandem.collab.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.api.host.User;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.ClusterRefusal;
import org.tandem.collab.cluster.Ownership;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.FrameEncoder;
import org.tandem.collab.protocol.ServerFrame;
import org.tandem.collab.telemetry.Levels;

/**
 * Co-editing on one node: its open pages, its sessions, its part in the cluster.
 *
 * <p>Life cycle: {@link #start} once, {@link #close} once; sessions are accepted between the two.
 * Threads: safe for use by any thread.
 */
public final class Node implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Node.class);
  private static final long TICK = 1_000;
  private static final Duration FLUSH = Duration.ofSeconds(10);

  /** How long a node that stops waits for the answers to what is under way, in milliseconds. */
  private static final long ANSWERS = 1_000;

  /** Pages that are opened before anybody comes. */
  private static final int READY = 8;

  private final Ports ports;
  private final Workers workers;
  private final GroupCommit commits;
  private final Publisher publisher;
  private final Listening listening;
  private final int readersAtOnce;
  private final Audience audience = new Audience();
  private final OpenPages pages;
  private final AtomicLong connections = new AtomicLong();

  /** In the order of their coming. */
  private final Set<LiveSession> sessions =
      new ConcurrentSkipListSet<>(Comparator.comparingLong(LiveSession::number));

  private volatile boolean draining;
  private volatile Registration notices = () -> {};
  private volatile Registration messages = () -> {};
  private volatile Registration editorChanges = () -> {};

  /**
   * @param workers ended with this node
   */
  public Node(Ports ports, Workers workers) {
    this(ports, workers, Delivery.AT_ONCE);
  }

  /**
   * @param workers ended with this node
   * @param readersAtOnce readers that are sent to in one turn of a page's mailbox
   */
  public Node(Ports ports, Workers workers, int readersAtOnce) {
    this.ports = ports;
    this.workers = workers;
    this.readersAtOnce = readersAtOnce;
    this.commits = new GroupCommit(ports.log(), workers.commits(), ports.telemetry());
    Upkeep upkeep = new Upkeep(ports, workers);
    this.publisher = new Publisher(ports, workers, upkeep);
    this.listening = new Listening(ports.hooks());
    this.pages = new OpenPages(ports.cluster(), this::opened, upkeep::closed);
  }

  private OpenPage opened(PageId id) {
    Mailbox mailbox = new Mailbox(workers);
    Delivery delivery = new Delivery(readersAtOnce, mailbox::postBetween);
    return new OpenPage(id, ports, audience, commits, mailbox, delivery, listening, publisher);
  }

  /**
   * Joins the cluster and takes up what a crash left unpublished.
   *
   * @throws ClusterRefusal when the other nodes do not accept this one
   */
  public void start() throws ClusterRefusal {
    ports.telemetry().watch(levels());
    var otherNodes =
        new OtherNodes(
            ports,
            workers,
            pages,
            audience,
            this::draining,
            () -> workers.background().execute(this::publishLeftOvers));
    ports.cluster().start(otherNodes);
    ports.doorbell().start(ports.cluster().self(), otherNodes);
    workers.later(TICK, this::tick);
    new Retention(ports, workers).start();
    notices = ports.hooks().onNotice(this::notice);
    messages = ports.hooks().onMessage(this::message);
    editorChanges = ports.hooks().onEditorChange(this::editorChanged);
    workers.background().execute(this::publishLeftOvers);
  }

  /**
   * Opens the pages that were changed last: after a restart their editors come back at once. The
   * future ends when they are ready, or cannot be.
   */
  public CompletableFuture<Void> openNewest() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    workers.background().execute(() -> openNewest(done));
    return done;
  }

  private void openNewest(CompletableFuture<Void> done) {
    List<CompletableFuture<Void>> ready = new ArrayList<>();
    try {
      for (PageId page : ports.log().newest(READY)) {
        CompletableFuture<Void> one = new CompletableFuture<>();
        ready.add(one);
        pages.post(page, opened -> opened.prepare(() -> one.complete(null)));
      }
    } catch (LogUnavailable away) {
      log.warn("No page is opened before somebody comes: {}", away.getMessage());
    } finally {
      CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new))
          .thenRun(() -> done.complete(null));
    }
  }

  private Levels levels() {
    return new Levels(
        sessions::size,
        pages::size,
        () -> pages.all().stream().mapToLong(OpenPage::letters).sum(),
        commits::size,
        () -> sessions.stream().mapToLong(LiveSession::unsent).sum());
  }

  // --- sessions and saves -----------------------------------------------------------------------

  /** A new connection; empty while this node is going down. */
  public Optional<LiveSession> connect(PageId page, User user, Access access, Wire wire) {
    if (draining) {
      return Optional.empty();
    }
    OpenPage opened = pages.hold(page);
    long number = connections.incrementAndGet();
    LiveSession session =
        new LiveSession(number, opened, ports, user, access, wire, new FrameEncoder());
    sessions.add(session);
    if (draining) {
      // It may have come too late for those that are sent elsewhere.
      session.close(CloseCode.GOING_DOWN);
    }
    return Optional.of(session);
  }

  /** The connection is gone. */
  public void disconnected(LiveSession session) {
    if (sessions.remove(session)) {
      session.closed();
    }
  }

  /** Runs something in the background after so many milliseconds, as long as this node works. */
  public void later(long millis, Runnable task) {
    workers.later(millis, task);
  }

  public boolean draining() {
    return draining;
  }

  /** Connections of one user on this node. */
  public long connections(User user) {
    return sessions.stream().filter(session -> session.user().id().equals(user.id())).count();
  }

  /**
   * The page at its committed revision; the future ends empty when there is no such page, and with
   * {@link LogUnavailable} when the database does not answer.
   */
  public CompletableFuture<Optional<PageContentAt>> current(PageId page) {
    CompletableFuture<Optional<PageContentAt>> result = new CompletableFuture<>();
    pages.post(
        page,
        opened ->
            opened.whenIdle(
                state -> result.complete(state.map(PageContentAt::of)),
                result::completeExceptionally));
    return result;
  }

  /** A document at a revision. */
  public record PageContentAt(long rev, Delta document) {

    private static PageContentAt of(PageState state) {
      return new PageContentAt(state.rev(), state.document().toDelta());
    }
  }

  /** Enters a change that did not come through a session. */
  public CompletableFuture<SaveOutcome> save(PageId page, Submission submission) {
    HostSave save = new HostSave();
    if (draining) {
      save.uncertain();
      return save.outcome();
    }
    pages.post(page, opened -> opened.save(save, submission));
    return save.outcome();
  }

  // --- events of the host -----------------------------------------------------------------------

  public void accessChanged(AccessChange change) {
    change
        .page()
        .ifPresentOrElse(
            page -> pages.onOpen(page, OpenPage::reviewAccess),
            () -> pages.all().forEach(page -> page.post(page::reviewAccess)));
  }

  public void deleted(PageId page) {
    pages.onOpen(page, gone -> gone.closeSessions(CloseCode.PAGE_GONE));
    workers.background().execute(() -> forget(page));
  }

  private void forget(PageId page) {
    try {
      ports.log().forget(page);
    } catch (LogUnavailable away) {
      log.warn("Page {} was deleted, its log stays: {}", page, away.getMessage());
    }
  }

  private void notice(Hooks.Notice notice) {
    pages.onOpen(notice.page(), page -> page.notice(Joining.frame(notice)));
  }

  /** Each node tells those whose editor it has served. */
  private void editorChanged() {
    pages.all().forEach(page -> page.post(page::editorChanged));
  }

  /** Other nodes may have the page open when this one does not. */
  private void message(Hooks.Message message) {
    PageId page = message.page();
    ServerFrame.Message frame = new ServerFrame.Message(message.plugin(), message.json());
    ClusterMessage told = new ClusterMessage.Presence(page, frame);
    audience.of(page).forEach(node -> ports.cluster().send(node, told));
    pages.onOpen(page, here -> here.talk().hear(frame));
  }

  // --- life ----------------------------------------------------------------------------------

  private void tick() {
    try {
      tickAll();
    } catch (RuntimeException | Error bug) {
      log.error("A tick failed", bug);
    } finally {
      workers.later(TICK, this::tick);
    }
  }

  private void tickAll() {
    sessions.forEach(LiveSession::tick);
    pages.tick();
  }

  /** What a crash of a node kept from the wiki is published by the page's owner of now. */
  private void publishLeftOvers() {
    try {
      for (PageId page : ports.log().unpublished()) {
        if (Ownership.owner(ports.cluster().view(), page).equals(ports.cluster().self())) {
          pages.post(page, opened -> publisher.changed(opened, List.of()));
        }
      }
    } catch (LogUnavailable away) {
      log.warn("Unpublished pages wait for the next view: {}", away.getMessage());
    }
  }

  // --- end --------------------------------------------------------------------------------------

  /**
   * Sends the clients elsewhere: what they sent so far is answered first, what comes now waits for
   * the other node. From now on this node takes no session and no save, and refuses what others
   * forward, so that they decide themselves. The future ends when that is done, within a second.
   */
  public CompletableFuture<Void> drain() {
    draining = true;
    List<CompletableFuture<Void>> answered = new ArrayList<>();
    for (OpenPage page : pages.all()) {
      CompletableFuture<Void> quiet = new CompletableFuture<>();
      answered.add(quiet);
      page.post(
          () ->
              page.drain(
                  () -> {
                    page.closeSessions(CloseCode.GOING_DOWN);
                    quiet.complete(null);
                  }));
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    CompletableFuture.allOf(answered.toArray(CompletableFuture[]::new))
        .thenRun(() -> done.complete(null));
    workers.later(ANSWERS, () -> done.complete(null));
    // Also those that had not joined, and those whose page waits for the database.
    return done.thenRun(() -> sessions.forEach(session -> session.close(CloseCode.GOING_DOWN)));
  }

  /**
   * Leaves the cluster, so that others own this node's pages at once, and then publishes what is
   * committed; the future ends when that is done.
   */
  public CompletableFuture<Void> leave() {
    ports.cluster().close();
    return CompletableFuture.allOf(
        pages.all().stream().map(publisher::flush).toArray(CompletableFuture[]::new));
  }

  /** Drains, leaves and waits for both, for some 10 s at the most. */
  public void handOver() {
    try {
      drain().thenCompose(drained -> leave()).get(FLUSH.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException late) {
      log.warn("Some pages are published at the next start only");
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hands over, unless that was done before, and stops all work. */
  @Override
  public void close() {
    if (!draining) {
      handOver();
    }
    notices.close();
    messages.close();
    editorChanges.close();
    ports.cluster().close();
    workers.close();
    ports.doorbell().close();
  }
}
