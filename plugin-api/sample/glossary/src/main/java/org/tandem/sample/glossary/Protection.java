package org.tandem.sample.glossary;

import java.util.ArrayList;
import java.util.List;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;

/**
 * The rule of the guard: after the change the page has the same glossaries as before, wherever they
 * stand then.
 *
 * <p>So it refuses what is written, deleted or formatted in one; what would end one earlier or
 * later, as the change of a heading behind it; what would make one of other people's text, or none
 * of one. A change elsewhere may shift them.
 */
final class Protection {

  private Protection() {}

  /**
   * Whether a change leaves the glossaries as they are.
   *
   * @param after the outline of the document after the change
   */
  static boolean keeps(Outline before, Delta change, Outline after) {
    List<Section> sections = before.sections();
    return !touches(change, outer(sections)) && after.sections().equals(moved(change, sections));
  }

  /** Those that stand in no other: they hold all places that the others do. */
  private static List<Section> outer(List<Section> sections) {
    List<Section> outer = new ArrayList<>();
    int end = 0;
    for (Section section : sections) {
      if (section.from() >= end) {
        outer.add(section);
        end = section.to();
      }
    }
    return outer;
  }

  /**
   * Goes through the change and the sections side by side.
   *
   * @param apart in order, none in another
   */
  private static boolean touches(Delta change, List<Section> apart) {
    int at = 0;
    int next = 0;
    for (Op op : change.ops()) {
      while (next < apart.size() && apart.get(next).to() <= at) {
        next++;
      }
      if (next == apart.size()) {
        return false;
      }
      Section section = apart.get(next);
      if (op instanceof Op.Retain || op instanceof Op.Delete) {
        boolean alters = op instanceof Op.Delete || !op.attributes().isEmpty();
        if (alters && section.overlaps(at, at + op.length())) {
          return true;
        }
        at += op.length();
      } else if (section.takes(at)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where the sections stand after a change that touches none, side by side again. What is put
   * where one begins stands before it.
   */
  static List<Section> moved(Delta change, List<Section> sections) {
    List<Section> moved = new ArrayList<>(sections.size());
    int at = 0;
    int by = 0;
    for (Op op : change.ops()) {
      if (!(op instanceof Op.Retain)) {
        settle(sections, moved, at, by);
        by += op instanceof Op.Delete ? -op.length() : op.length();
      }
      at += op instanceof Op.Retain || op instanceof Op.Delete ? op.length() : 0;
    }
    settle(sections, moved, Integer.MAX_VALUE, by);
    return moved;
  }

  private static void settle(List<Section> sections, List<Section> moved, int before, int by) {
    while (moved.size() < sections.size() && sections.get(moved.size()).from() < before) {
      Section section = sections.get(moved.size());
      moved.add(section.moved(section.from() + by));
    }
  }
}
