package org.tandem.wiki.user;

import java.util.List;
import org.tandem.api.host.UserId;

/** Colours for carets and name tags, each readable under white text. */
final class CaretColors {

  private static final List<String> COLORS =
      List.of(
          "#b3261e", "#a14600", "#7a5c00", "#3d6b1f", "#00695c", "#00658a", "#2f5bd0", "#6a45c4",
          "#9c2f9c", "#b0285f", "#5d5f66", "#7b4a2d");

  private CaretColors() {}

  static String of(UserId user) {
    return COLORS.get(Math.floorMod(user.value().hashCode(), COLORS.size()));
  }
}
