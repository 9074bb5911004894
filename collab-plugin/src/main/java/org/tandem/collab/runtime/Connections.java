package org.tandem.collab.runtime;

import org.jspecify.annotations.Nullable;
import org.tandem.api.editor.EditorConnection;
import org.tandem.api.editor.EditorConnection.End;
import org.tandem.api.editor.Hooks;
import org.tandem.api.host.PageId;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.protocol.CloseCode;

/**
 * Tells the plugins who comes to a page on this node, and who goes. All calls come in the page's
 * mailbox.
 */
final class Connections {

  private final PageId page;
  private final NodeId node;
  private final Hooks hooks;

  Connections(PageId page, NodeId node, Hooks hooks) {
    this.page = page;
    this.node = node;
    this.hooks = hooks;
  }

  /** A session as plugins are told of it. */
  EditorConnection of(LiveSession session) {
    return new EditorConnection(
        node + "-" + session.number(),
        session.client().value(),
        page,
        session.user(),
        session.access());
  }

  void joined(LiveSession session) {
    hooks.joined(of(session));
  }

  void left(LiveSession session) {
    hooks.left(of(session), end(session.endedBy()));
  }

  /** Another connection of its client has its place. */
  void replaced(LiveSession session) {
    hooks.left(of(session), End.REPLACED);
  }

  private static End end(@Nullable CloseCode code) {
    if (code == null) {
      return End.CLOSED;
    }
    return switch (code) {
      case SIGNED_OUT -> End.SIGNED_OUT;
      case ACCESS_GONE -> End.ACCESS_GONE;
      case PAGE_GONE -> End.PAGE_GONE;
      case HEARTBEAT_MISSED -> End.SILENT;
      case BAD_MESSAGE, DIVERGED, TOO_LARGE, TOO_SLOW -> End.AT_FAULT;
      case GOING_DOWN, OVERLOADED -> End.SENT_AWAY;
    };
  }
}
