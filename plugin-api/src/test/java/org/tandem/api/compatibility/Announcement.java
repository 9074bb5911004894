package org.tandem.api.compatibility;

import com.github.zafarkhaja.semver.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a version says of its changes: its number, and its section of the change log.
 *
 * @param before the version that it is compared with
 * @param version this one; a suffix like SNAPSHOT counts for nothing
 * @param changelog all of the change log
 */
record Announcement(Version before, Version version, String changelog) {

  /** What is missing for these changes, as one list to read; nothing when all is announced. */
  Optional<String> missing(List<ApiChange> changes) {
    List<String> toDo = new ArrayList<>();
    Version stands = version.toStableVersion();
    Version least = least(changes);
    Version needed = stands.isLowerThan(least) ? least : stands;
    if (!stands.equals(needed)) {
      toDo.add("the version, in every pom.xml: raise " + stands + " to " + needed + " or higher");
    }
    String section = section(needed);
    String unnamed =
        changes.stream()
            .map(ApiChange::type)
            .filter(type -> !names(section, type))
            .distinct()
            .collect(Collectors.joining(", "));
    if (!unnamed.isEmpty()) {
      toDo.add(
          "plugin-api/CHANGELOG.md: the section \"## "
              + needed
              + "\" must name, with what is other of it: "
              + unnamed);
    }
    return toDo.isEmpty() ? Optional.empty() : Optional.of(text(changes, toDo));
  }

  /**
   * What is incompatible raises the first number, an addition the second; while the first is 0, the
   * second and the third.
   */
  private Version least(List<ApiChange> changes) {
    if (changes.isEmpty()) {
      return before;
    }
    boolean stable = before.majorVersion() > 0;
    if (changes.stream().allMatch(ApiChange::compatible)) {
      return stable ? before.nextMinorVersion() : before.nextPatchVersion();
    }
    return stable ? before.nextMajorVersion() : before.nextMinorVersion();
  }

  private static boolean names(String section, String type) {
    return Pattern.compile("(?<![\\w.])" + Pattern.quote(type) + "(?!\\w)").matcher(section).find();
  }

  private String section(Version of) {
    Pattern section =
        Pattern.compile(
            "^## " + Pattern.quote(of.toString()) + "(?![\\w.]).*?(?=^## |\\z)",
            Pattern.MULTILINE | Pattern.DOTALL);
    return section.matcher(changelog).results().map(MatchResult::group).findFirst().orElse("");
  }

  private String text(List<ApiChange> changes, List<String> toDo) {
    StringBuilder text = new StringBuilder("The public API is not that of " + before + ":\n");
    for (ApiChange change : changes) {
      text.append("  " + change.type() + (change.compatible() ? ": " : " (incompatible): "));
      text.append(String.join("; ", change.details()) + "\n");
    }
    text.append("To do (plugin-api/README.md, Versions):\n");
    toDo.forEach(line -> text.append("  " + line + "\n"));
    return text.toString();
  }
}
