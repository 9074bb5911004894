package org.tandem.distribution.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one client sent and heard of one page, with times of {@link System#nanoTime}. Threads: none;
 * its owner guards it, and it is read when all is over.
 */
final class History {

  /** A change of one client, by its number. */
  record Author(String client, long seq) {}

  /** A change that was sent, and its words. */
  record Sent(List<String> words, long at) {}

  /**
   * @param node that gave the revision its place
   */
  record Acknowledged(long rev, String node, long at) {}

  /** A revision as it came. */
  record Seen(Author author, long at) {}

  private final String name;
  private final SortedMap<Long, Sent> sent = new TreeMap<>();
  private final SortedMap<Long, Acknowledged> acknowledged = new TreeMap<>();
  private final SortedMap<Long, Seen> seen = new TreeMap<>();
  private final List<String> breaches = new ArrayList<>();
  private final List<Long> joins = new ArrayList<>();
  private long first = -1;
  private int unavailable;

  History(String name) {
    this.name = name;
  }

  void begins(long rev) {
    first = rev;
  }

  void joins() {
    joins.add(System.nanoTime());
  }

  void sent(long seq, List<String> words) {
    sent.put(seq, new Sent(List.copyOf(words), System.nanoTime()));
  }

  void saw(long rev, String client, long seq) {
    seen.put(rev, new Seen(new Author(client, seq), System.nanoTime()));
  }

  /**
   * @param stamp ends with the name of the node that gave it
   */
  void acknowledged(String client, long seq, long rev, String stamp) {
    String node = stamp.substring(stamp.indexOf('-') + 1);
    acknowledged.put(seq, new Acknowledged(rev, node, System.nanoTime()));
    saw(rev, client, seq);
  }

  void acknowledgedAgain(long seq, long rev) {
    Acknowledged before = acknowledged.get(seq);
    if (before == null || before.rev != rev) {
      breach("change " + seq + " acknowledged as " + rev + ", and before: " + before);
    }
  }

  void unavailable() {
    unavailable++;
  }

  /** Something that no server may do. */
  void breach(String what) {
    breaches.add(name + ": " + what);
  }

  String name() {
    return name;
  }

  SortedMap<Long, Sent> sent() {
    return sent;
  }

  SortedMap<Long, Acknowledged> acknowledged() {
    return acknowledged;
  }

  SortedMap<Long, Seen> seen() {
    return seen;
  }

  List<String> breaches() {
    return breaches;
  }

  /** The revision of the document that it began with. */
  long first() {
    return first;
  }

  int rejoins() {
    return Math.max(0, joins.size() - 1);
  }

  /** Answers that a change is not saved. */
  int unavailables() {
    return unavailable;
  }

  /** The longest time without an acknowledgement while it typed all the time. */
  Duration longestGap() {
    long longest = 0;
    long before = -1;
    for (Acknowledged ack : acknowledged.values()) {
      longest = before < 0 ? 0 : Math.max(longest, ack.at - before);
      before = ack.at;
    }
    return Duration.ofNanos(longest);
  }
}
