package org.tandem.api.document.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;

/**
 * The law of the tree: lines(tree(d)) = d, for documents that a check lets in and for all others.
 */
class LinesTest {

  @TestFactory
  Stream<DynamicTest> vectors() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    try (InputStream in = getClass().getResourceAsStream("/vectors/trees.json")) {
      for (JsonNode vector : new ObjectMapper().readTree(in)) {
        String json = vector.get("delta").toString();
        Delta page = ((DeltaJson.Parsed.Valid) DeltaJson.read(json)).delta();
        tests.add(DynamicTest.dynamicTest(vector.get("name").asText(), () -> assertLaw(page)));
      }
    }
    return tests.stream();
  }

  @Property(tries = 10_000)
  void areWhatTheTreeWasMadeOf(@ForAll long seed) {
    Delta page = new ArbitraryPages(new Random(seed)).page();
    assertLaw(page);
    TableShapeTest.assertRectangular(BlockTree.of(page), "seed " + seed);
  }

  private static void assertLaw(Delta page) {
    List<Block> tree = BlockTree.of(page);
    assertEquals(Line.of(page), Lines.of(tree));
    assertEquals(page, Lines.document(Lines.of(tree)));
    assertEquals(tree, BlockTree.of(Lines.of(tree)));
  }
}
