package org.tandem.collab.transport;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.SignInId;
import org.tandem.api.host.SocketRoute;
import org.tandem.api.host.User;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.FrameDecoder;
import org.tandem.collab.protocol.Limits;
import org.tandem.collab.runtime.LiveSession;
import org.tandem.collab.runtime.Node;
import org.tandem.collab.runtime.Wire;

/** One socket. The container calls it from one thread at a time. */
final class PageEndpoint extends Endpoint implements SocketRoute.Pinged {

  private static final Logger log = LoggerFactory.getLogger(PageEndpoint.class);
  private static final long SEND_TIMEOUT = 30_000;

  /** Above the session's own heartbeat, which decides first; ends what is stuck for good. */
  private static final long IDLE = 90_000;

  /** Bytes that a UTF-16 code unit takes in UTF-8 at most. */
  private static final int MOST_BYTES = 3;

  /**
   * What a client has to read what was sent before a close and to answer it, in milliseconds. One
   * that is gone never does, one that does not read cannot be told, and one that goes on sending is
   * never idle.
   */
  private static final long CLOSING = 5_000;

  private final Node node;
  private final FrameDecoder decoder;
  private final Limits limits;
  private final PageId page;
  private final Visitor visitor;
  private final SignInWatch signIns;
  private final AtomicBoolean broken = new AtomicBoolean();
  private @Nullable LiveSession live;

  /**
   * Who opens a socket.
   *
   * @param signIn empty when it is not known, and the socket outlives it
   */
  record Visitor(User user, Access access, Optional<SignInId> signIn) {}

  PageEndpoint(
      Node node,
      FrameDecoder decoder,
      Limits limits,
      PageId page,
      Visitor visitor,
      SignInWatch signIns) {
    this.node = node;
    this.decoder = decoder;
    this.limits = limits;
    this.page = page;
    this.visitor = visitor;
    this.signIns = signIns;
  }

  @Override
  public void onOpen(Session socket, EndpointConfig config) {
    socket.setMaxIdleTimeout(IDLE);
    Wire wire = wire(socket);
    LiveSession opened = node.connect(page, visitor.user, visitor.access, wire).orElse(null);
    if (opened == null) {
      wire.close(CloseCode.GOING_DOWN);
      return;
    }
    live = opened;
    visitor.signIn.ifPresent(signIn -> signIns.opened(signIn, opened));
    socket.addMessageHandler(String.class, new Texts(opened));
    socket.addMessageHandler(
        ByteBuffer.class,
        (MessageHandler.Partial<ByteBuffer>)
            (bytes, last) -> opened.unreadable("Binary messages are refused."));
  }

  @Override
  public void pinged() {
    if (live != null) {
      live.pinged();
    }
  }

  @Override
  public void onClose(Session socket, CloseReason reason) {
    gone();
  }

  /**
   * The container reads no further, and may never call {@link #onClose}. The first fault counts: to
   * close what is broken is a fault again, which the container tells at once.
   */
  @Override
  public void onError(Session socket, Throwable fault) {
    if (!broken.compareAndSet(false, true)) {
      return;
    }
    if (fault instanceof CharacterCodingException) {
      log.info("Page {}, user {}: a text is no UTF-8", page, visitor.user.id());
      gone();
      // The container closes it behind this, with the code of RFC 6455, if its client reads.
      wire(socket).closing(CloseCode.BAD_MESSAGE);
      return;
    }
    if (fault instanceof IOException) {
      log.debug(
          "Page {}, user {}: the connection is lost: {}",
          page,
          visitor.user.id(),
          fault.toString());
    } else {
      log.info("Page {}, user {}: no WebSocket: {}", page, visitor.user.id(), fault.getMessage());
    }
    gone();
    wire(socket).close(CloseCode.OVERLOADED);
  }

  private Wire wire(Session socket) {
    Runnable cut = (Runnable) socket.getUserProperties().get(SocketRoute.CUT);
    return new SocketWire(
        socket,
        node,
        () -> {
          cut.run();
          gone();
        });
  }

  private void gone() {
    LiveSession ended = live;
    if (ended != null) {
      visitor.signIn.ifPresent(signIn -> signIns.closed(signIn, ended));
      node.disconnected(ended);
    }
  }

  /** Puts the parts of a message together, up to the limit. */
  private final class Texts implements MessageHandler.Partial<String> {

    private final LiveSession session;
    private final StringBuilder message = new StringBuilder();
    private long bytes;
    private boolean refused;

    Texts(LiveSession session) {
      this.session = session;
    }

    @Override
    public void onMessage(String part, boolean last) {
      if (refused) {
        return;
      }
      if (last && bytes == 0 && part.length() <= limits.message() / MOST_BYTES) {
        take(part);
        return;
      }
      message.append(part);
      bytes += part.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > limits.message()) {
        refused = true;
        clear();
        session.tooLarge("A message holds at most " + limits.message() + " bytes.");
      } else if (last) {
        String text = message.toString();
        bytes = 0;
        clear();
        take(text);
      }
    }

    /** Gives the room back too: there are thousands of idle sockets. */
    private void clear() {
      message.setLength(0);
      message.trimToSize();
    }

    /** What is thrown here would leave a socket behind that stays open and hears nothing. */
    private void take(String text) {
      try {
        session.text(decoder.decode(text));
      } catch (RuntimeException bug) {
        log.error("Page {}, user {}: a message met a fault", page, visitor.user.id(), bug);
        session.failed();
      }
    }
  }

  /** The way out, by the socket's asynchronous remote. */
  private static final class SocketWire implements Wire {

    private final Session socket;
    private final Node node;
    private final Runnable cut;
    private final AtomicBoolean closing = new AtomicBoolean();

    SocketWire(Session socket, Node node, Runnable cut) {
      this.socket = socket;
      this.node = node;
      this.cut = cut;
    }

    @Override
    public void send(String text, Consumer<Boolean> done) {
      try {
        socket.getAsyncRemote().setSendTimeout(SEND_TIMEOUT);
        socket.getAsyncRemote().sendText(text, result -> done.accept(result.isOK()));
      } catch (IllegalStateException | IllegalArgumentException closed) {
        done.accept(false);
      } catch (RuntimeException bug) {
        log.error("A socket met a fault", bug);
        done.accept(false);
        close(CloseCode.OVERLOADED);
      }
    }

    @Override
    public void closing(CloseCode code) {
      if (!closing.compareAndSet(false, true)) {
        return;
      }
      node.later(CLOSING, cut);
      try {
        // Should this node end before: what is idle is ended by the container.
        socket.setMaxIdleTimeout(CLOSING);
      } catch (IllegalStateException gone) {
        log.debug("A socket was gone before it was to be closed: {}", gone.toString());
      }
    }

    @Override
    public void close(CloseCode code) {
      closing(code);
      try {
        socket.close(
            new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), code.reason()));
      } catch (IOException | IllegalStateException gone) {
        log.debug("A socket was gone before it was closed: {}", gone.toString());
      }
    }
  }
}
