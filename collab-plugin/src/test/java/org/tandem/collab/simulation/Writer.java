package org.tandem.collab.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private int words;

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
    String word = name + "." + words++;
    written.add(word);
    String after = scheduler.chance(0.1) ? "\n" : " ";
    return Delta.builder().retain(at).insert(word + after).build();
  }

  /** With the blank behind it; the line's end stays. */
  private Delta delete(String text, int at, int end) {
    deleted.add(text.substring(at, end));
    int behind = text.charAt(end) == ' ' ? 1 : 0;
    return Delta.builder().retain(at).delete(end - at + behind).build();
  }

  private Delta format(int at, int end) {
    String format = scheduler.chance(0.5) ? "bold" : "italic";
    return Delta.builder().retain(at).retain(end - at, Attributes.of(Map.of(format, true))).build();
  }

  /** Where words begin or may begin. */
  private static List<Integer> starts(String text) {
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
}
