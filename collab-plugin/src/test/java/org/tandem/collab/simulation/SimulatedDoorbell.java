package org.tandem.collab.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.PageId;
import org.tandem.collab.cluster.Doorbell;
import org.tandem.collab.cluster.DoorbellListener;
import org.tandem.collab.cluster.NodeId;

/**
 * Doorbells by way of the database, at the mercy of everybody's connection to it: rings gather and
 * wait while their node's is cut, and are lost to the nodes whose is.
 */
final class SimulatedDoorbell {

  private static final int GATHER = 100;
  private static final int SLOW = 20;
  private static final int BACK_WITHIN = 1_000;

  private final Scheduler scheduler;
  private final List<Bell> bells = new ArrayList<>();

  SimulatedDoorbell(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  Doorbell bell(Scheduler.Actor process, FaultyLog log) {
    return new Bell(process, log);
  }

  private final class Bell implements Doorbell {
    private final Scheduler.Actor process;
    private final FaultyLog log;
    private final Map<PageId, Long> waiting = new LinkedHashMap<>();
    private @Nullable NodeId self;
    private @Nullable DoorbellListener listener;
    private boolean listening;

    Bell(Scheduler.Actor process, FaultyLog log) {
      this.process = process;
      this.log = log;
    }

    @Override
    public void start(NodeId own, DoorbellListener hears) {
      self = own;
      listener = hears;
      bells.removeIf(bell -> bell.process.dead());
      bells.add(this);
      turn();
    }

    private void turn() {
      if (!log.reached()) {
        listening = false;
      } else if (!listening) {
        listening = true;
        process.in(scheduler.between(0, BACK_WITHIN), this::back);
        return;
      } else {
        send();
      }
      process.in(GATHER, this::turn);
    }

    private void back() {
      if (log.reached()) {
        hear(DoorbellListener::missed);
      }
      turn();
    }

    private void send() {
      Map<PageId, Long> rings = new LinkedHashMap<>(waiting);
      waiting.clear();
      rings.forEach((page, rev) -> bells.forEach(bell -> pass(bell, page, rev)));
    }

    private void pass(Bell to, PageId page, long rev) {
      NodeId from = self;
      if (!to.log.reached()) {
        to.listening = false;
      } else if (to != this && from != null && to.listening) {
        to.process.in(
            scheduler.between(1, SLOW), () -> to.hear(hears -> hears.rung(from, page, rev)));
      }
    }

    private void hear(Consumer<DoorbellListener> news) {
      if (listener != null) {
        news.accept(listener);
      }
    }

    @Override
    public void ring(PageId page, long rev) {
      if (self != null) {
        waiting.merge(page, rev, Math::max);
      }
    }

    @Override
    public void close() {
      listener = null;
      bells.remove(this);
    }
  }
}
