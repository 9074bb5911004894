package org.tandem.collab.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;

/**
 * Writes words that nobody writes twice, deletes whole words and formats them. So whether a change
 * is in a document, once, twice or not at all, can be read in it.
 */
final class Writer {

  private final Scheduler scheduler;
  private final String name;
  private final Set<String> written = new HashSet<>();
  private final Set<String> deleted = new HashSet<>();
  private final Set<String> unsure = new HashSet<>();
  private Words flight = new Words();
  private Words fresh = new Words();
  private int words;

  /** The words of one change, or of several. */
  private record Words(Set<String> written, Set<String> deleted) {
    Words() {
      this(new HashSet<>(), new HashSet<>());
    }

    void add(Words more) {
      written.addAll(more.written);
      deleted.addAll(more.deleted);
    }

    /** Forgets what was deleted, so that only new words are left. */
    void keepNew() {
      written.removeAll(deleted);
      deleted.clear();
    }
  }

  Writer(Scheduler scheduler, String name) {
    this.scheduler = scheduler;
    this.name = name;
  }

  Delta change(Delta document) {
    String text = text(document);
    List<Integer> starts = starts(text);
    int at = starts.get(scheduler.random.nextInt(starts.size()));
    int end = end(text, at);
    if (end == at || scheduler.chance(0.6)) {
      return write(at);
    }
    return scheduler.chance(0.5) ? delete(text, at, end) : format(at, end);
  }

  private Delta write(int at) {
    String word = word(fresh);
    String after = scheduler.chance(0.1) ? "\n" : " ";
    return Delta.builder().retain(at).insert(word + after).build();
  }

  private String word(Words of) {
    String word = name + "." + words++;
    of.written.add(word);
    return word;
  }

  // --- what becomes of the words ----------------------------------------------------------------

  /** What was written since goes out. */
  void sent() {
    flight = fresh;
    fresh = new Words();
  }

  /** What went out is in the log. */
  void accepted() {
    written.addAll(flight.written);
    deleted.addAll(flight.deleted);
    flight = new Words();
  }

  /** What went out is not in the log, and goes out again. */
  void takenBack() {
    flight.add(fresh);
    fresh = flight;
    flight = new Words();
  }

  /** What went out must not be in the log, ever. */
  void refused() {
    flight = new Words();
  }

  /** What went out may be in the log: nobody will know. */
  void unknown() {
    unsure.addAll(flight.written);
    unsure.addAll(flight.deleted);
    flight = new Words();
  }

  /** The new words that went out, for a document in whose past they have no place any more. */
  Delta flightAgain() {
    unsure.addAll(flight.deleted);
    flight.keepNew();
    if (flight.written.isEmpty()) {
      // There must be a change of this seq, and the one that went out before may come yet.
      unsure.add(word(flight));
    }
    return inFront(flight);
  }

  /** The new words that did not go out yet, likewise; empty without any. */
  Delta freshAgain() {
    fresh.keepNew();
    return inFront(fresh);
  }

  private static Delta inFront(Words words) {
    if (words.written.isEmpty()) {
      return Delta.EMPTY;
    }
    return Delta.builder().insert(String.join(" ", new TreeSet<>(words.written)) + " ").build();
  }

  // --- in a document ----------------------------------------------------------------------------

  /** With the blank behind it; the line's end stays. */
  private Delta delete(String text, int at, int end) {
    fresh.deleted.add(text.substring(at, end));
    int behind = text.charAt(end) == ' ' ? 1 : 0;
    return Delta.builder().retain(at).delete(end - at + behind).build();
  }

  private Delta format(int at, int end) {
    String format = scheduler.chance(0.5) ? "bold" : "italic";
    return Delta.builder().retain(at).retain(end - at, Attributes.of(Map.of(format, true))).build();
  }

  /** Where words begin or may begin. */
  static List<Integer> starts(String text) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int i = 0; i < text.length() - 1; i++) {
      if (!Character.isLetterOrDigit(text.charAt(i)) && text.charAt(i) != '.') {
        starts.add(i + 1);
      }
    }
    return starts;
  }

  private static int end(String text, int start) {
    int end = start;
    while (text.charAt(end) != ' ' && text.charAt(end) != '\n') {
      end++;
    }
    return end;
  }

  static String text(Delta document) {
    StringBuilder text = new StringBuilder();
    for (Op op : document.ops()) {
      if (op instanceof Op.Insert insert) {
        text.append(insert.text());
      }
    }
    return text.toString();
  }

  Set<String> written() {
    return written;
  }

  Set<String> deleted() {
    return deleted;
  }

  /** Words that may be there or not. */
  Set<String> unsure() {
    return unsure;
  }
}
