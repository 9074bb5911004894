package org.tandem.sample.callouts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Markup;
import org.tandem.api.document.format.Tag;
import org.tandem.api.host.UserId;

/**
 * A person in the text: a value of the embed {@code callouts-mention}. The name is the one that she
 * had then, so that a page reads as it was written.
 *
 * @param id of this one mention, wherever it is moved
 * @param seal made by the wiki of all else, see {@link Seal}
 */
record Mention(UserId user, String name, UUID id, String seal) {

  static final String FORMAT = "callouts-mention";

  private static final int MEMBERS = 4;
  private static final int LONGEST_NAME = 80;
  private static final Pattern SEAL = Pattern.compile("[A-Za-z0-9_-]{22}");

  /** Reads a value as it came from a browser; empty when it is none. */
  static Optional<Mention> of(Object value) {
    if (!(value instanceof Map<?, ?> members)
        || members.size() != MEMBERS
        || !(members.get("user") instanceof String user)
        || !(members.get("name") instanceof String name)
        || !(members.get("mention") instanceof String id)
        || !(members.get("seal") instanceof String seal)) {
      return Optional.empty();
    }
    boolean fits =
        !name.isBlank()
            && name.length() <= LONGEST_NAME
            && name.chars().noneMatch(Character::isISOControl)
            && SEAL.matcher(seal).matches();
    // A user's id is a UUID, and is read as strictly as that of a mention should be.
    return UserId.parse(user)
        .flatMap(
            person -> UserId.parse(id).map(own -> new Mention(person, name, own.value(), seal)))
        .filter(mention -> fits);
  }

  /** The value, as {@link #of} reads it. */
  Map<String, Object> plain() {
    return Map.of("user", user.toString(), "name", name, "mention", id.toString(), "seal", seal);
  }

  /** The mentions that a change inserts. */
  static List<Mention> in(Delta change) {
    List<Mention> mentions = new ArrayList<>();
    for (Op op : change.ops()) {
      if (op instanceof Op.Embed embed && embed.type().equals(FORMAT)) {
        of(embed.value()).ifPresent(mentions::add);
      }
    }
    return mentions;
  }

  Look look() {
    String text = "@" + name;
    return Look.Thing.of(Markup.Element.of(Tag.STRONG).text(text), text);
  }
}
