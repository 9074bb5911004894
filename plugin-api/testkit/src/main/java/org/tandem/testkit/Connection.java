package org.tandem.testkit;

import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One socket of a client, at the end of its line. Its fields are guarded by the client, and so is
 * what it calls.
 */
final class Connection implements WebSocket.Listener {

  /** What RFC 6455 calls a connection that broke. */
  static final int BROKEN = 1006;

  private final ScriptedClient client;
  private final Line line;
  private final StringBuilder message = new StringBuilder();
  private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
  private @Nullable WebSocket socket;
  private boolean joined;
  private int code = -1;

  Connection(ScriptedClient client, Line line) {
    this.client = client;
    this.line = line;
  }

  void open(WebSocket opened) {
    synchronized (client) {
      socket = opened;
    }
  }

  /** Sends after what was sent before; a text that cannot be sent is lost, as on a real line. */
  void send(String text) {
    line.toWiki(() -> transmit(text), this::breakOff);
  }

  private void transmit(String text) {
    synchronized (client) {
      WebSocket open = socket;
      if (open != null && code < 0) {
        sending =
            sending.exceptionally(lost -> null).thenCompose(done -> open.sendText(text, true));
      }
    }
  }

  /** Breaks behind what was sent, without a closing handshake; nothing is heard any more. */
  void breakOff() {
    synchronized (client) {
      WebSocket open = socket;
      if (open != null) {
        sending.whenComplete((sent, failed) -> open.abort());
      }
      ended(BROKEN);
    }
  }

  /** Says good-bye. */
  void leave() {
    synchronized (client) {
      WebSocket open = socket;
      if (open != null) {
        open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((sent, failed) -> open.abort());
      }
    }
  }

  void joined() {
    joined = true;
  }

  /** Whether the server has let it in, and it is open. */
  boolean isJoined() {
    return joined && code < 0;
  }

  /** The code that it was closed with; below 0 while it is open. */
  int code() {
    return code;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    message.append(part);
    if (last) {
      String text = message.toString();
      message.setLength(0);
      line.toClient(() -> deliver(text), this::breakOff);
    }
    from.request(1);
    return null;
  }

  private void deliver(String text) {
    synchronized (client) {
      if (code < 0) {
        client.hear(this, text);
      }
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    line.toClient(() -> ended(status), this::breakOff);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable fault) {
    ended(BROKEN);
  }

  private void ended(int status) {
    synchronized (client) {
      if (code < 0) {
        code = status;
        client.ended(this);
      }
    }
  }
}
