package org.tandem.api.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;

/** What vectors/trees.json does not show: values that no check lets in, and large documents. */
class BlockTreeTest {

  static List<Map<String, Object>> strangeLines() {
    return List.of(
        Map.of("header", 99),
        Map.of("header", "1"),
        Map.of("indent", -5),
        Map.of("indent", "deep"),
        Map.of("blockquote", "yes"),
        Map.of("code-block", 7),
        Map.of("code-block", List.of()),
        Map.of("list", 7));
  }

  @ParameterizedTest
  @MethodSource("strangeLines")
  void takesAStrangeValueForNone(Map<String, Object> attributes) {
    Delta document = Delta.builder().insert("a").insert("\n", Attributes.of(attributes)).build();
    assertEquals(BlockTree.of(Delta.builder().insert("a\n").build()), BlockTree.of(document));
  }

  @Test
  void nestsNoDeeperThanTheDeepestIndent() {
    DeltaBuilder document = Delta.builder();
    for (int i = 0; i < 20_000; i++) {
      document.insert("\n", Attributes.of(Map.of("list", "bullet", "indent", i)));
    }
    int depth = 0;
    List<Block> blocks = BlockTree.of(document.build());
    while (blocks.get(blocks.size() - 1) instanceof Block.ItemList list) {
      depth++;
      blocks = list.items().get(list.items().size() - 1).blocks();
    }
    assertEquals(9, depth);
  }

  @Test
  void isEmptyForNoText() {
    assertEquals(List.of(), BlockTree.of(Delta.EMPTY));
  }

  @Test
  void keepsALineWithoutItsNewline() {
    assertEquals(
        BlockTree.of(Delta.builder().insert("a\n").build()),
        BlockTree.of(Delta.builder().insert("a").build()));
  }
}
