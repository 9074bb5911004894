package org.tandem.collab.runtime;

import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.editor.Hooks.Permission;
import org.tandem.api.host.PageId;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.PluginValue;
import org.tandem.collab.protocol.Selection;
import org.tandem.collab.protocol.ServerFrame;
import org.tandem.collab.protocol.ServerFrame.Subject;

/**
 * What an editor says beside changes: where its caret is, what it has, and what its plugins'
 * modules have to say. All calls come in the page's mailbox.
 */
final class Talk {

  private static final Logger log = LoggerFactory.getLogger(Talk.class);
  private static final long RETRY_AFTER = 1_000;

  private final PageId page;
  private final Ports ports;
  private final Presence presence;
  private final Carets carets;
  private final History history;
  private final Connections connections;
  private final FieldRequests fields;

  /**
   * @param mailbox runs something in the page's mailbox, later
   */
  Talk(
      PageId page,
      Ports ports,
      Presence presence,
      Carets carets,
      History history,
      Consumer<Runnable> mailbox) {
    this.page = page;
    this.history = history;
    this.fields = new FieldRequests(page, ports.hooks(), mailbox, this::show);
    this.ports = ports;
    this.presence = presence;
    this.carets = carets;
    this.connections = new Connections(page, ports.cluster().self(), ports.hooks());
  }

  void moveCursor(LiveSession session, Optional<Selection> selection) {
    if (presence.holds(session)) {
      Optional<Selection> placed = selection.flatMap(carets::atHead);
      if (placed.isPresent() || selection.isEmpty()) {
        presence.moveCursor(session, placed);
      }
    }
  }

  /** Compares the client's document with the page's. */
  void check(LiveSession session, long rev, String hash) {
    if (presence.holds(session)) {
      history.check(session, rev, hash);
    }
  }

  /** A module has a message for its plugin, which is told of it on this node. */
  void say(LiveSession session, String plugin, PluginValue value) {
    Subject subject = new Subject.OfMessage(plugin);
    if (!isHere(session, subject)) {
      return;
    }
    switch (ports.hooks().received(connections.of(session), plugin, value.plain())) {
      case TAKEN -> {}
      case NO_PLUGIN ->
          refuse(session, ErrorCode.NO_PLUGIN, "No plugin of this id takes messages now.", subject);
      case FORBIDDEN ->
          refuse(
              session,
              ErrorCode.FORBIDDEN,
              "The plugin takes no messages of whoever may do no more with this page.",
              subject);
      case BUSY ->
          session.send(later("The plugin does not get on: the message was not taken.", subject));
    }
  }

  private boolean isHere(LiveSession session, Subject subject) {
    boolean here = presence.holds(session);
    if (!here && !session.ended()) {
      session.send(later("The page is not there yet: wait for joined.", subject));
    }
    return here;
  }

  /** A module has something of its user for the others to see; empty: no more. */
  void present(LiveSession session, String field, Optional<PluginValue> value) {
    if (isHere(session, new Subject.OfField(field))) {
      fields.add(session, field, value);
    }
  }

  private void show(
      LiveSession session, String field, Optional<PluginValue> value, Permission said) {
    Subject subject = new Subject.OfField(field);
    switch (said) {
      case ALLOWED -> presence.show(session, field, value.map(PluginValue::json));
      case NO_PLUGIN ->
          refuse(session, ErrorCode.NO_PLUGIN, "No plugin has a field of this name now.", subject);
      case NOT_ALLOWED ->
          refuse(session, ErrorCode.BAD_VALUE, "The plugin does not allow this value.", subject);
      case BUSY ->
          session.send(later("The plugin does not get on: the value was not set.", subject));
    }
  }

  private void refuse(LiveSession session, ErrorCode code, String sentence, Subject subject) {
    log.info(
        "Page {}, client {}: {}: {} {}", page, session.client(), code.word(), sentence, subject);
    session.send(ServerFrame.Error.of(code, sentence, subject));
  }

  private static ServerFrame.Error later(String sentence, Subject subject) {
    return ServerFrame.Error.of(ErrorCode.UNAVAILABLE, sentence, subject).retryAfter(RETRY_AFTER);
  }

  /** A plugin, here or on another node, has a message for its modules. */
  void hear(ServerFrame.Message message) {
    presence.tellHere(message);
  }
}
