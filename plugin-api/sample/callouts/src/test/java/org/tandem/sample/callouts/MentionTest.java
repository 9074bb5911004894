package org.tandem.sample.callouts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;

class MentionTest {

  private final Seal seal = new Seal(new byte[32]);
  private final User anna = new User(UserId.random(), "Anna", "#123456", false);
  private final Mention mention = seal.mention(anna);

  private Map<String, Object> with(String member, Object value) {
    Map<String, Object> plain = new HashMap<>(mention.plain());
    plain.put(member, value);
    return plain;
  }

  @Test
  void isReadAsItIsWritten() {
    assertEquals(Optional.of(mention), Mention.of(mention.plain()));
  }

  @Test
  void isNothingElse() {
    assertEquals(Optional.empty(), Mention.of("Anna"));
    assertEquals(Optional.empty(), Mention.of(with("more", "")));
    assertEquals(Optional.empty(), Mention.of(with("user", "anna")));
    assertEquals(Optional.empty(), Mention.of(with("mention", 7)));
    assertEquals(Optional.empty(), Mention.of(with("name", " ")));
    assertEquals(Optional.empty(), Mention.of(with("name", "An\nna")));
    assertEquals(Optional.empty(), Mention.of(with("name", "A".repeat(81))));
    assertEquals(Optional.empty(), Mention.of(with("seal", "none")));
  }

  @Test
  void itsSealHoldsForNoOtherNamePersonOrKey() {
    assertTrue(seal.holds(List.of(mention)));
    assertFalse(seal.holds(List.of(Mention.of(with("name", "Bea")).orElseThrow())));
    String other = UserId.random().toString();
    assertFalse(seal.holds(List.of(Mention.of(with("user", other)).orElseThrow())));
    assertFalse(seal.holds(List.of(Mention.of(with("mention", other)).orElseThrow())));
    assertTrue(seal.holds(List.of(mention, seal.mention(anna))));
    assertFalse(
        seal.holds(List.of(mention, Mention.of(with("name", "Bea")).orElseThrow())),
        "also when it is not the first");
    assertFalse(new Seal(new byte[] {1}).holds(List.of(mention)));
  }

  @Test
  void thoseOfAChangeAreWhatItInserts() {
    Mention second = seal.mention(anna);
    Delta change =
        Delta.builder()
            .retain(3)
            .embed(Mention.FORMAT, mention.plain(), Attributes.NONE)
            .insert(" and ")
            .embed("divider", true, Attributes.NONE)
            .embed(Mention.FORMAT, second.plain(), Attributes.of(Map.of("bold", true)))
            .delete(2)
            .build();
    assertEquals(List.of(mention, second), Mention.in(change));
    assertEquals(
        List.of(), Mention.in(Delta.builder().retain(1, Attributes.NONE).delete(1).build()));
  }
}
