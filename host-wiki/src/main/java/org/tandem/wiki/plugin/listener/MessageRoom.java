package org.tandem.wiki.plugin.listener;

import java.util.HashMap;
import java.util.Map;

/**
 * How many messages of modules may wait for one plugin: they come from browsers, and each holds a
 * value of its own. Threads: one.
 */
public final class MessageRoom {

  public static final int MOST = 500;

  /** More than an editor may send in the time that one call may take. */
  public static final int OF_A_CONNECTION = 100;

  private int waiting;
  private final Map<String, Integer> byConnection = new HashMap<>();

  /** Whether there is room for one more, which is taken then. */
  public boolean take(Event.Received message) {
    String connection = message.from().id();
    int before = byConnection.getOrDefault(connection, 0);
    if (waiting >= MOST || before >= OF_A_CONNECTION) {
      return false;
    }
    waiting++;
    byConnection.put(connection, before + 1);
    return true;
  }

  /** One that had room waits no more. */
  public void leave(Event.Received message) {
    waiting--;
    byConnection.computeIfPresent(
        message.from().id(), (connection, before) -> before == 1 ? null : before - 1);
  }

  public void clear() {
    waiting = 0;
    byConnection.clear();
  }

  public int waiting() {
    return waiting;
  }
}
