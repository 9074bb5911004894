package org.tandem.api.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.delta.DeltaJson;

/** Composition and the library's canonical form of the whole are the oracles. */
class LiveDocumentTest {

  private static final int CHANGES = 120;

  @Property(tries = 60)
  void isWhatCompositionSays(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Delta document = document(random);
    LiveDocument live = LiveDocument.of(document);
    assertEquals(document, live.toDelta());
    for (int i = 0; i < CHANGES; i++) {
      LiveDocument before = live;
      Delta change = change(random, live);
      live = live.apply(change);
      Delta after = document.compose(change);
      assertEquals(after, live.toDelta());
      assertEquals(after.length(), live.length());
      if (random.nextInt(8) == 0) {
        assertEquals(hashOfTheWhole(after), DocumentHash.of(live));
        assertEquals(document, before.toDelta(), "the old version stays as it was");
        assertEquals(before.apply(change), live);
        assertEquals(after.equals(document), live.equals(before));
      }
      document = after;
    }
    assertEquals(hashOfTheWhole(document), DocumentHash.of(live));
    assertEquals(DocumentHash.of(document), DocumentHash.of(live));
    LiveDocument madeAtOnce = LiveDocument.of(document);
    assertEquals(madeAtOnce, live);
    assertEquals(madeAtOnce.hashCode(), live.hashCode());
  }

  private static String hashOfTheWhole(Delta document) throws Exception {
    String canonical = new JsonCanonicalizer(DeltaJson.write(document)).getEncodedString();
    byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static Delta document(Random random) {
    DeltaBuilder document = Delta.builder();
    for (int i = random.nextInt(40); i > 0; i--) {
      insert(random, document);
    }
    return document.insert("\n").build();
  }

  private static void insert(Random random, DeltaBuilder target) {
    switch (random.nextInt(8)) {
      case 0 -> target.embed("image", Map.of("src", "/" + random.nextInt(9)), set(random));
      case 1 -> target.insert("line \"quoted\"\n".repeat(1 + random.nextInt(300)), set(random));
      case 2 -> target.insert("\ud83d\ude00".repeat(1 + random.nextInt(900)));
      case 3 -> target.insert("\n", Attributes.of(Map.of("header", 1 + random.nextInt(3))));
      default -> target.insert("word " + random.nextInt(99), set(random));
    }
  }

  private static Attributes set(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Attributes.of(Map.of("bold", true));
      case 1 -> Attributes.of(Map.of("link", "/\u00e4?\"&", "bold", true));
      default -> Attributes.NONE;
    };
  }

  /** A change that leaves the last place alone and cuts no surrogate pair, like any allowed one. */
  private static Delta change(Random random, LiveDocument document) {
    DeltaBuilder change = Delta.builder();
    int at = 0;
    for (int i = random.nextInt(3); i >= 0; i--) {
      int start = between(random, at, document.length() - 1, document);
      change.retain(start - at);
      int most = start + random.nextInt(random.nextInt(4) == 0 ? 5_000 : 5);
      int end = between(random, start, Math.min(document.length() - 1, most), document);
      at = start;
      switch (random.nextInt(3)) {
        case 0 -> {
          change.delete(end - start);
          at = end;
        }
        case 1 -> {
          change.retain(end - start, Attributes.of(Map.of("bold", random.nextBoolean())));
          at = end;
        }
        default -> insert(random, change);
      }
    }
    return change.build();
  }

  /** A place from one to another that is in no surrogate pair. */
  private static int between(Random random, int from, int to, LiveDocument document) {
    int at = from + random.nextInt(to - from + 1);
    boolean inPair = at > 0 && Character.isLowSurrogate(document.text(at, at + 1).charAt(0));
    return inPair ? at - 1 : at;
  }

  /** Edits at random cut leaves all the time: they must not leave crumbs. */
  @Test
  void staysInChunksOfSomeLength() {
    Random random = new Random(7);
    LiveDocument live =
        LiveDocument.of(Delta.builder().insert("0123456789\n".repeat(20_000)).build());
    for (int i = 0; i < 30_000; i++) {
      int at = random.nextInt(live.length() - 2_100);
      DeltaBuilder change = Delta.builder().retain(at);
      live =
          live.apply(
              random.nextInt(40) == 0
                  ? change.delete(random.nextInt(2_000)).build()
                  : change.insert("x".repeat(1 + random.nextInt(40))).build());
    }
    int[] leaves = new int[1];
    live.content().forEachLeaf(leaf -> leaves[0]++);
    int longest = live.length() / leaves[0];
    assertTrue(longest > 256, () -> leaves[0] + " leaves, on average of " + longest);
    assertTrue(live.content().height() < 2 * Math.log(leaves[0]) / Math.log(2));
  }

  @Test
  void isMadeOfDocumentsOnly() {
    Delta change = Delta.builder().retain(1).insert("x").build();
    assertThrows(IllegalArgumentException.class, () -> LiveDocument.of(change));
  }
}
