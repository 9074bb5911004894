package org.tandem.api.document.tree;

import java.util.ArrayList;
import java.util.List;
import org.tandem.api.delta.Op;

/**
 * A part of a text block as it is shown: a divider, or the text between two of them.
 *
 * @param content of a divider nothing
 * @param divider whether it is the rule
 */
public record Piece(List<Op> content, boolean divider) {

  private static final Piece DIVIDER = new Piece(List.of(), true);

  /** Whether this is the horizontal rule. */
  public static boolean isDivider(Op op) {
    return op instanceof Op.Embed embed
        && embed.type().equals("divider")
        && Boolean.TRUE.equals(embed.value());
  }

  /** Cuts a text at its dividers; a text without any is one piece, also when it is empty. */
  public static List<Piece> of(List<Op> content) {
    if (content.stream().noneMatch(Piece::isDivider)) {
      return List.of(new Piece(content, false));
    }
    List<Piece> pieces = new ArrayList<>();
    int start = 0;
    for (int end = 0; end <= content.size(); end++) {
      boolean divider = end < content.size() && isDivider(content.get(end));
      if ((divider || end == content.size()) && end > start) {
        pieces.add(new Piece(content.subList(start, end), false));
      }
      if (divider) {
        pieces.add(DIVIDER);
        start = end + 1;
      }
    }
    return pieces;
  }
}
