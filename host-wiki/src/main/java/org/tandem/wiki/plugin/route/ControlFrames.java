package org.tandem.wiki.plugin.route;

import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketSession;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.AbstractExtension;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;

/**
 * Tells of the pings and pongs of one socket. The container answers a ping by itself, and Jakarta
 * WebSocket has no listener for it; an extension of the container sees every frame that comes. By
 * its name, which begins with an at sign, it is the server's own: no client can ask for it, and
 * none is told.
 *
 * <p>Public, with a constructor that takes nothing, because the container asks for that. Threads:
 * those of the container, one at a time.
 */
public final class ControlFrames extends AbstractExtension {

  /** What the container knows it by. */
  public static final String NAME = "@control-frames";

  private Runnable listener = () -> {};

  /** Has the listener told of each from now on, before a ping is answered. */
  static void listen(JakartaWebSocketSession socket, Runnable listener) {
    ((WebSocketCoreSession) socket.getCoreSession())
        .getExtensionStack().getExtensions().stream()
            .filter(ControlFrames.class::isInstance)
            .forEach(extension -> ((ControlFrames) extension).listener = listener);
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    if (frame.getOpCode() == OpCode.PING || frame.getOpCode() == OpCode.PONG) {
      listener.run();
    }
    nextIncomingFrame(frame, callback);
  }
}
