package org.tandem.collab.bench.hooks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tandem.api.bench.Samples;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.api.host.Users;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.protocol.ClientFrame;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.Decoded;
import org.tandem.collab.runtime.LiveSession;
import org.tandem.collab.runtime.Node;
import org.tandem.collab.runtime.OnePageWiki;
import org.tandem.collab.runtime.TestPorts;
import org.tandem.collab.runtime.Threads;
import org.tandem.collab.runtime.Wire;
import org.tandem.wiki.plugin.extension.Extensions;

/** One person who types on a node of her own, each key after the acknowledgement of the last. */
final class Keyboard implements Wire, AutoCloseable {

  private static final Delta KEY = Delta.builder().insert("x").build();
  private static final long PATIENCE_SECONDS = 10;

  /** Below the rate at which the server asks a client to go slower. */
  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(6);

  /**
   * @param waited from a key to its acknowledgement
   * @param processor nanoseconds of all threads for one key
   */
  record Round(Samples waited, double processor) {}

  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final LoopNetwork network = new LoopNetwork();
  private final Node node;
  private final LiveSession session;
  private final BlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
  private long seq;

  /** The only person of the wiki. */
  private record Alone(User anna) implements Users {

    @Override
    public Optional<User> user(UserId user) {
      return Optional.of(anna);
    }

    @Override
    public List<User> named(String beginning, int most) {
      return List.of(anna);
    }

    @Override
    public List<User> named(String beginning, User after, int most) {
      return List.of();
    }
  }

  Keyboard(String name, Extensions hooks) throws Exception {
    PageId page = PageId.random();
    OnePageWiki wiki = new OnePageWiki(page, Delta.builder().insert("\n").build());
    User anna = new User(UserId.random(), "Anna", "#112233", false);
    hooks.know(new Alone(anna), wiki, wiki);
    node =
        new Node(
            TestPorts.with(
                TestPorts.of(
                    new InMemoryLog(),
                    network.port(name),
                    wiki,
                    new HybridClock(name, System::currentTimeMillis)),
                hooks),
            new Threads());
    node.start();
    session = node.connect(page, anna, Access.EDIT, this).orElseThrow();
    send(new ClientFrame.Join(Clients.fresh(), OptionalLong.empty()));
  }

  Round type(int keys) throws InterruptedException {
    List<Double> waited = new ArrayList<>(keys);
    long before = process.getProcessCpuTime();
    long next = System.nanoTime();
    for (int i = 0; i < keys; i++) {
      while (System.nanoTime() < next) {
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      }
      next += BETWEEN_NANOS;
      long begun = System.nanoTime();
      send(new ClientFrame.Op(seq + 1, seq, KEY));
      seq++;
      waited.add((double) (System.nanoTime() - begun));
    }
    double processor = (double) (process.getProcessCpuTime() - before) / keys;
    return new Round(new Samples(waited), processor);
  }

  /** Sends and waits for the answer. */
  private void send(ClientFrame frame) throws InterruptedException {
    session.text(new Decoded.Frame(frame));
    if (answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) != Boolean.TRUE) {
      throw new IllegalStateException("no answer to " + frame);
    }
  }

  @Override
  public void send(String text, Consumer<Boolean> done) {
    done.accept(true);
    answers.add(text.startsWith("{\"t\":\"ack\"") || text.startsWith("{\"t\":\"joined\""));
  }

  @Override
  public void closing(CloseCode code) {
    // It reads at once.
  }

  @Override
  public void close(CloseCode code) {
    // Nobody waits for it.
  }

  @Override
  public void close() {
    node.close();
    network.close();
  }
}
