package org.tandem.collab.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.PageId;

/**
 * Doorbells of one process that hear each other; they pass the same contract as the real ones. The
 * listener is called by who rings.
 */
public final class InMemoryDoorbells {

  private final List<Bell> all = new CopyOnWriteArrayList<>();

  /** A doorbell that the others here hear once it is started. */
  public Doorbell bell() {
    return new Bell();
  }

  private final class Bell implements Doorbell {

    private @Nullable NodeId self;
    private @Nullable DoorbellListener listener;

    @Override
    public void start(NodeId own, DoorbellListener hears) {
      self = own;
      listener = hears;
      all.add(this);
      hear(hears::missed);
    }

    @Override
    public void ring(PageId page, long rev) {
      NodeId from = self;
      if (from == null || !all.contains(this)) {
        return;
      }
      for (Bell other : new ArrayList<>(all)) {
        DoorbellListener hears = other.listener;
        if (other != this && hears != null) {
          other.hear(() -> hears.rung(from, page, rev));
        }
      }
    }

    private synchronized void hear(Runnable news) {
      try {
        news.run();
      } catch (RuntimeException bug) {
        // as the port has it: the next ring is heard all the same
      }
    }

    @Override
    public void close() {
      all.remove(this);
    }
  }
}
