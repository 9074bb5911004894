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
    List<Section> moved = new ArrayList<>(sections.size());
    for (Section section : sections) {
      moved.add(section.moved(change.transformPosition(section.from(), false)));
    }
    return !touches(change, sections) && after.sections().equals(moved);
  }

  private static boolean touches(Delta change, List<Section> sections) {
    int at = 0;
    for (Op op : change.ops()) {
      int from = at;
      if (op instanceof Op.Retain || op instanceof Op.Delete) {
        at += op.length();
        int to = at;
        boolean alters = op instanceof Op.Delete || !op.attributes().isEmpty();
        if (alters && sections.stream().anyMatch(section -> section.overlaps(from, to))) {
          return true;
        }
      } else if (sections.stream().anyMatch(section -> section.takes(from))) {
        return true;
      }
    }
    return false;
  }
}
