package org.tandem.collab.simulation;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.Access;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.FrameDecoder;
import org.tandem.collab.protocol.Limits;
import org.tandem.collab.runtime.LiveSession;
import org.tandem.collab.runtime.Wire;

/** One socket between a client and a node: texts come late, in order, until it breaks. */
final class Connection implements Wire {

  private static final int SLOW = 30;
  private static final int READING = 2_000;
  private static final int CLOSING = 5_000;
  private static final int SEEN_BROKEN = 90_000;

  private static final FrameDecoder DECODER = new FrameDecoder(Limits.DEFAULT);

  private final Scheduler scheduler;
  private final SimulatedClient client;
  private final SimulatedNode node;

  private final boolean slow;

  private @Nullable LiveSession session;
  private boolean broken;
  private boolean closed;
  private long up;
  private long down;

  /**
   * @param slow whether the client takes its time to read, as long as there is no peace
   */
  Connection(Scheduler scheduler, SimulatedClient client, SimulatedNode node, boolean slow) {
    this.scheduler = scheduler;
    this.client = client;
    this.node = node;
    this.slow = slow;
  }

  SimulatedNode node() {
    return node;
  }

  /** The handshake: who may not see the page gets no socket. */
  void open() {
    atNode(
        () -> {
          try {
            Access access = node.rights().access(client.page, client.user.id());
            if (access.allows(Access.VIEW)) {
              connect(access);
            } else {
              close(
                  client.world.wiki().isDeleted(client.page)
                      ? CloseCode.PAGE_GONE
                      : CloseCode.ACCESS_GONE);
            }
          } catch (LogUnavailable away) {
            close(CloseCode.OVERLOADED);
          }
        });
  }

  private void connect(Access access) {
    node.node()
        .connect(client.page, client.user, access, this)
        .ifPresentOrElse(accepted -> session = accepted, () -> close(CloseCode.OVERLOADED));
  }

  /** The client sends. */
  void send(String text) {
    atNode(() -> take(text));
  }

  /** The client sends a change. */
  void change(String text) {
    atNode(
        () -> {
          client.taken(!node.rights().revoked(client.page, client.user.id()));
          take(text);
        });
  }

  private void take(String text) {
    if (session != null) {
      session.text(DECODER.decode(text));
    }
  }

  private void atNode(Runnable task) {
    up = Math.max(up, scheduler.now() + scheduler.between(1, SLOW));
    node.process().in(up - scheduler.now(), task);
  }

  /** Breaks: neither side gets what is under way; the node may see it late. */
  void cut() {
    broken = true;
    ended(scheduler.between(0, scheduler.chance(0.5) ? SEEN_BROKEN : SLOW));
  }

  private void ended(int delay) {
    node.process()
        .in(
            delay,
            () -> {
              if (session != null) {
                node.node().disconnected(session);
              }
            });
  }

  @Override
  public void send(String text, Consumer<Boolean> done) {
    if (broken || closed) {
      node.process().in(1, () -> done.accept(false));
      return;
    }
    int reading = slow && !client.world.quiet() ? READING : scheduler.between(0, 2);
    node.process().in(reading, () -> done.accept(!broken && !closed));
    atClient(() -> client.hear(this, text));
  }

  @Override
  public void closing(CloseCode code) {
    node.process().in(CLOSING, this::end);
  }

  /** Ends without a word where none could be said: what is under way arrives, nothing after it. */
  private void end() {
    if (!closed && !broken) {
      atClient(() -> client.broken(this));
      closed = true;
      ended(1);
    }
  }

  @Override
  public void close(CloseCode code) {
    if (!closed) {
      closed = true;
      atClient(() -> client.closed(this, code));
      ended(1);
    }
  }

  private void atClient(Runnable task) {
    down = Math.max(down, scheduler.now() + scheduler.between(1, SLOW));
    client.device.in(
        down - scheduler.now(),
        () -> {
          if (!broken) {
            task.run();
          }
        });
  }
}
