package org.tandem.wiki.maintenance;

import java.util.Optional;
import org.tandem.api.plugin.Maintenance;

/** What an admin typed as the argument of a run, judged before the plugin sees it. */
public sealed interface Argument {

  int LONGEST = 200;

  /**
   * @param text without surrounding blanks; empty when nothing was typed
   */
  record Usable(Optional<String> text) implements Argument {}

  /**
   * @param reason one sentence for the admin
   */
  record Unusable(String reason) implements Argument {}

  static Argument of(Maintenance maintenance, String typed) {
    String text = typed.strip();
    if (text.isEmpty()) {
      return new Usable(Optional.empty());
    } else if (maintenance.argument().isEmpty()) {
      return new Unusable(maintenance.name() + " takes no argument: leave it out.");
    } else if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
      return new Unusable(
          "The argument must be one line of at most " + LONGEST + " characters: give another.");
    }
    return new Usable(Optional.of(text));
  }
}
