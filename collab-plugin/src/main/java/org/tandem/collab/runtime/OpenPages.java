package org.tandem.collab.runtime;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tandem.api.host.PageId;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.protocol.ServerFrame;

/**
 * The pages that are open on this node; opened by whoever needs one, closed when nobody does. The
 * other nodes are told of both. Threads: safe for use by any thread; nothing waits.
 */
final class OpenPages {

  private final Map<PageId, OpenPage> open = new ConcurrentHashMap<>();

  /** Those that went without a message and have not read the log since. */
  private final Set<OpenPage> behind = ConcurrentHashMap.newKeySet();

  private final Cluster cluster;
  private final Function<PageId, OpenPage> make;
  private final Consumer<PageId> closed;

  /**
   * @param make the page, not yet held
   * @param closed told of each page that is closed; returns at once
   */
  OpenPages(Cluster cluster, Function<PageId, OpenPage> make, Consumer<PageId> closed) {
    this.cluster = cluster;
    this.make = make;
    this.closed = closed;
  }

  Collection<OpenPage> all() {
    return open.values();
  }

  int size() {
    return open.size();
  }

  boolean isOpen(PageId page) {
    return open.containsKey(page);
  }

  /** The page, open on this node and held so. */
  OpenPage hold(PageId id) {
    boolean[] first = {false};
    OpenPage page =
        open.compute(
            id,
            (same, known) -> {
              first[0] = known == null;
              OpenPage held = known == null ? make.apply(id) : known;
              held.hold();
              return held;
            });
    if (first[0]) {
      cluster.broadcast(new ClusterMessage.Opened(List.of(id)));
    }
    return page;
  }

  /** Opens the page if need be and runs a task in its mailbox. */
  void post(PageId id, Consumer<OpenPage> task) {
    OpenPage page = hold(id);
    page.post(
        () -> {
          try {
            task.accept(page);
          } finally {
            page.release();
          }
        });
  }

  /** Runs a task in the page's mailbox if the page is open. */
  void onOpen(PageId id, Consumer<OpenPage> task) {
    OpenPage page = open.get(id);
    if (page != null) {
      page.post(() -> task.accept(page));
    }
  }

  /**
   * Brings an open page what another node says. A page that has too much to do goes without, since
   * any message may be lost, and reads the log once it gets on; news of peers, which the log does
   * not have, is rare.
   */
  void message(NodeId from, ClusterMessage.OfPage told) {
    OpenPage page = open.get(told.page());
    if (page == null) {
      return;
    }
    if (!page.overloaded() || isOfPeers(told)) {
      page.post(() -> page.message(from, told));
    } else if (behind.add(page)) {
      page.post(
          () -> {
            behind.remove(page);
            page.catchUp();
          });
    }
  }

  private static boolean isOfPeers(ClusterMessage.OfPage told) {
    return told instanceof ClusterMessage.Here
        || told instanceof ClusterMessage.Presence presence
            && presence.frame() instanceof ServerFrame.Peer;
  }

  /** Takes a change from another node; without an answer that one asks the log itself. */
  void submit(NodeId from, ClusterMessage.Submit submit) {
    OpenPage known = open.get(submit.page());
    if (known == null || !known.overloaded()) {
      post(submit.page(), page -> page.message(from, submit));
    }
  }

  /** Tells all nodes which pages are open here. */
  void announce() {
    cluster.broadcast(new ClusterMessage.Opened(List.copyOf(open.keySet())));
  }

  /** Called about every second. */
  void tick() {
    for (OpenPage page : open.values()) {
      page.post(
          () -> {
            page.tick();
            if (page.idle()) {
              release(page);
            }
          });
    }
  }

  private void release(OpenPage page) {
    boolean[] gone = {false};
    open.computeIfPresent(
        page.id(),
        (id, known) -> {
          gone[0] = known == page && !known.held();
          return gone[0] ? null : known;
        });
    if (gone[0]) {
      closed.accept(page.id());
      cluster.broadcast(new ClusterMessage.Closed(page.id()));
      if (open.containsKey(page.id())) {
        // Opened again meanwhile: the others may have heard of that before.
        cluster.broadcast(new ClusterMessage.Opened(List.of(page.id())));
      }
    }
  }
}
