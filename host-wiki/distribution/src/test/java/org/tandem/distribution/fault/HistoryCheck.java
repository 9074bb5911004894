package org.tandem.distribution.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether the histories of all clients of a page and its text fit together: acknowledged words
 * stand there once and in their client's order, no word twice, none that nobody typed, and all
 * clients saw the same revisions without a gap. The words of all clients differ.
 */
final class HistoryCheck {

  private final List<History> histories;
  private final List<String> found = new ArrayList<>();

  private HistoryCheck(List<History> histories) {
    this.histories = histories;
  }

  /**
   * @param text of the page when all is over
   * @return what is wrong; empty when nothing is
   */
  static List<String> breaches(List<History> histories, String text) {
    HistoryCheck check = new HistoryCheck(histories);
    histories.forEach(history -> check.found.addAll(history.breaches()));
    check.words(text);
    check.revisions();
    return check.found;
  }

  private void words(String text) {
    Map<String, Integer> places = new HashMap<>();
    String[] words = text.strip().split("\\s+");
    for (int i = 0; i < words.length; i++) {
      if (places.put(words[i], i) != null) {
        found.add("twice in the page: " + words[i]);
      }
    }
    Set<String> strange = new TreeSet<>(places.keySet());
    strange.remove("");
    for (History history : histories) {
      history.sent().values().forEach(sent -> sent.words().forEach(strange::remove));
      acknowledgedWords(history, places);
    }
    strange.forEach(word -> found.add("in the page, and nobody typed it: " + word));
  }

  private void acknowledgedWords(History history, Map<String, Integer> places) {
    int before = -1;
    for (Long seq : history.acknowledged().keySet()) {
      for (String word : history.sent().get(seq).words()) {
        Integer place = places.get(word);
        if (place == null) {
          found.add("acknowledged and lost: " + word);
        } else if (place < before) {
          found.add("before an earlier word of its client: " + word);
        } else {
          before = place;
        }
      }
    }
  }

  private void revisions() {
    SortedMap<Long, History.Author> all = new TreeMap<>();
    for (History history : histories) {
      long expected = history.first();
      for (Map.Entry<Long, History.Seen> seen : history.seen().entrySet()) {
        expected++;
        if (seen.getKey() != expected) {
          found.add(history.name() + " saw " + seen.getKey() + " instead of " + expected);
          expected = seen.getKey();
        }
        History.Author author = seen.getValue().author();
        History.Author known = all.putIfAbsent(seen.getKey(), author);
        if (known != null && !known.equals(author)) {
          found.add("revision " + seen.getKey() + " is " + known + " and " + author);
        }
      }
      inOrder(history);
    }
    Set<History.Author> once = new HashSet<>();
    all.forEach(
        (rev, author) -> {
          if (!once.add(author)) {
            found.add("two revisions are " + author + ", one is " + rev);
          }
        });
  }

  private void inOrder(History history) {
    long before = -1;
    for (History.Acknowledged ack : history.acknowledged().values()) {
      if (ack.rev() <= before) {
        found.add(history.name() + " was acknowledged " + ack.rev() + " after " + before);
      }
      before = ack.rev();
    }
  }
}
