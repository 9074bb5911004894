package org.tandem.collab.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Nodes of one process that hear each other, through the real codec, in order of sending. */
public final class LoopNetwork implements AutoCloseable {

  private final Map<NodeId, Port> ports = new TreeMap<>();
  private final ExecutorService delivery = Executors.newSingleThreadExecutor();
  private final MessageCodec codec = new MessageCodec();

  /** A cluster that joins this network when it is started. */
  public Cluster port(String name) {
    return new Port(new NodeId(name));
  }

  /** The node is cut off: it hears nothing any more, nobody hears it, and it sees itself alone. */
  public void cut(Cluster port) {
    ((Port) port).leave();
    ((Port) port).hear(() -> ((Port) port).seen(new ClusterView(List.of(port.self()))));
  }

  /** The node hears nothing from now on, as one that is stopped; the view stays. */
  public void silence(Cluster port) {
    ((Port) port).deaf = true;
  }

  /** Waits until all that was sent so far is delivered. */
  public void settle() throws InterruptedException, ExecutionException {
    delivery.submit(() -> {}).get();
  }

  private synchronized List<Port> others(Port but) {
    return ports.values().stream().filter(port -> port != but).toList();
  }

  private synchronized ClusterView view() {
    return new ClusterView(List.copyOf(ports.keySet()));
  }

  private void tellView() {
    ClusterView view = view();
    List<Port> all;
    synchronized (this) {
      all = new ArrayList<>(ports.values());
    }
    all.forEach(port -> port.hear(() -> port.seen(view)));
  }

  @Override
  public void close() {
    delivery.shutdownNow();
  }

  private final class Port implements Cluster {

    private final NodeId self;
    private @Nullable ClusterListener listener;
    private volatile ClusterView view;
    private volatile boolean deaf;

    Port(NodeId self) {
      this.self = self;
      this.view = new ClusterView(List.of(self));
    }

    @Override
    public void start(ClusterListener hears) {
      listener = hears;
      synchronized (LoopNetwork.this) {
        ports.put(self, this);
      }
      seen(view());
      tellView();
    }

    private void seen(ClusterView now) {
      view = now;
      if (listener != null) {
        listener.view(now);
      }
    }

    private void hear(Runnable news) {
      if (!delivery.isShutdown()) {
        delivery.execute(news);
      }
    }

    private void deliver(NodeId from, byte[] bytes) {
      hear(
          () -> {
            if (listener != null && !deaf) {
              listener.message(from, codec.decode(bytes));
            }
          });
    }

    @Override
    public NodeId self() {
      return self;
    }

    @Override
    public ClusterView view() {
      return view;
    }

    @Override
    public void send(NodeId to, ClusterMessage message) {
      if (cutOff()) {
        return;
      }
      byte[] bytes = codec.encode(message);
      others(this).stream()
          .filter(port -> port.self.equals(to))
          .forEach(port -> port.deliver(self, bytes));
    }

    @Override
    public void broadcast(ClusterMessage message) {
      if (cutOff()) {
        return;
      }
      byte[] bytes = codec.encode(message);
      others(this).forEach(port -> port.deliver(self, bytes));
    }

    private void leave() {
      synchronized (LoopNetwork.this) {
        ports.remove(self);
      }
      tellView();
    }

    private boolean cutOff() {
      synchronized (LoopNetwork.this) {
        return !ports.containsKey(self);
      }
    }

    @Override
    public void close() {
      leave();
      listener = null;
    }
  }
}
