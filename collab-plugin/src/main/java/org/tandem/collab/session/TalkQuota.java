package org.tandem.collab.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tandem.collab.protocol.ClientFrame;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.PluginValue;
import org.tandem.collab.protocol.ServerFrame;
import org.tandem.collab.protocol.ServerFrame.Subject;

/**
 * What the plugins' modules in one connection's editor may say, how much and how often. Threads:
 * one at a time.
 */
final class TalkQuota {

  /** Bytes of a message's value. */
  static final int MESSAGE = 8_192;

  /** Of each plugin. */
  static final int MESSAGES_PER_SECOND = 10;

  static final int MESSAGES_AT_ONCE = 20;

  /** Plugins that are counted apart; those beyond share what one has. */
  static final int PLUGINS = 50;

  /** Bytes of a presence field's value. */
  static final int FIELD = 1_024;

  /** Of all fields together. */
  static final int FIELDS_PER_SECOND = 10;

  static final int FIELDS_AT_ONCE = 20;

  private final Map<String, Bucket> messages = new HashMap<>();
  private final Bucket others;
  private final Bucket fields;

  TalkQuota(long now) {
    others = messages(now);
    fields = new Bucket(FIELDS_PER_SECOND, FIELDS_AT_ONCE, now);
  }

  private static Bucket messages(long now) {
    return new Bucket(MESSAGES_PER_SECOND, MESSAGES_AT_ONCE, now);
  }

  /** Whether there is room for a message to this plugin now. */
  boolean takeMessage(String plugin, long now) {
    Bucket bucket =
        messages.size() < PLUGINS
            ? messages.computeIfAbsent(plugin, first -> messages(now))
            : messages.getOrDefault(plugin, others);
    return bucket.take(now);
  }

  /** Whether there is room for a value of a presence field now. */
  boolean takeField(long now) {
    return fields.take(now);
  }

  /** A message for which there is room. */
  static List<Effect> said(ClientFrame.Message message) {
    return message.value().bytes() > MESSAGE
        ? tooLarge("A message", MESSAGE, new Subject.OfMessage(message.plugin()))
        : List.of(new Effect.Say(message.plugin(), message.value()));
  }

  /** A value for which there is room. */
  static List<Effect> shown(ClientFrame.Presence presence) {
    return presence.value().map(PluginValue::bytes).orElse(0) > FIELD
        ? tooLarge("A value", FIELD, new Subject.OfField(presence.field()))
        : List.of(new Effect.Present(presence.field(), presence.value()));
  }

  private static List<Effect> tooLarge(String what, int most, Subject subject) {
    String sentence = what + " holds at most " + most + " bytes of JSON.";
    return List.of(
        new Effect.Note(ErrorCode.TOO_LARGE.word() + ": " + sentence),
        new Effect.Send(ServerFrame.Error.of(ErrorCode.TOO_LARGE, sentence, subject)));
  }

  /** Something for which there is no room now. */
  static List<Effect> tooFast(Subject subject) {
    String sentence = "Too many of these a second: this one was not taken.";
    ServerFrame.Error error = ServerFrame.Error.of(ErrorCode.RATE_LIMITED, sentence, subject);
    return List.of(new Effect.Send(error.retryAfter(Haste.RETRY_AFTER)));
  }
}
