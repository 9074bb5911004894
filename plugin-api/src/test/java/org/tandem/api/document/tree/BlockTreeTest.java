package org.tandem.api.document.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.document.format.Align;
import org.tandem.api.document.format.CellId;

/** What vectors/trees.json does not show: values that no check lets in, and large documents. */
class BlockTreeTest {

  static List<Map<String, Object>> strangeLines() {
    return List.of(
        Map.of("header", 99),
        Map.of("header", "1"),
        Map.of("indent", -5),
        Map.of("indent", 9),
        Map.of("indent", "deep"),
        Map.of("blockquote", "yes"),
        Map.of("code-block", 7),
        Map.of("code-block", List.of()),
        Map.of("code-block", "no language"),
        Map.of("list", 7),
        Map.of("list", "dash"),
        Map.of("align", "start"),
        Map.of("callout", "NOTE"),
        Map.of("cell", Map.of("table", "t", "row", "r", "column", 1)));
  }

  @Test
  void belongsToNobodyWhoReadsIt() throws ReflectiveOperationException {
    DeltaBuilder document = Delta.builder();
    for (Map<String, Object> line :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of("header", 1),
            Map.of("list", "bullet"),
            Map.of("list", "checked", "indent", 2),
            Map.of("callout", "note", "blockquote", true),
            Map.of("code-block", true),
            Map.of("cell", Map.of("table", "t", "row", "r", "column", "c")),
            Map.of("cell", Map.of("table", "t", "row", "s", "column", "d")))) {
      document.insert("text").insert("\n", Attributes.of(line));
    }
    assertNobodyChanges(BlockTree.of(document.build()));
  }

  private static void assertNobodyChanges(Object part) throws ReflectiveOperationException {
    if (part instanceof List<?> list) {
      assertThrows(UnsupportedOperationException.class, list::clear, list::toString);
      for (Object item : list) {
        assertNobodyChanges(item);
      }
    } else if (part instanceof Record) {
      for (RecordComponent component : part.getClass().getRecordComponents()) {
        component.getAccessor().setAccessible(true);
        assertNobodyChanges(component.getAccessor().invoke(part));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("strangeLines")
  void keepsAStrangeValueThatShapesNothing(Map<String, Object> attributes) {
    Delta document = Delta.builder().insert("a").insert("\n", Attributes.of(attributes)).build();
    Block.Paragraph line = assertInstanceOf(Block.Paragraph.class, BlockTree.of(document).get(0));
    assertEquals(new Block.Style(0, Align.START, Attributes.of(attributes)), line.style());
  }

  @Test
  void keepsTheHeadingOfCode() {
    Attributes both = Attributes.of(Map.of("header", 2, "code-block", true));
    Delta document = Delta.builder().insert("\n", both).build();
    Block.CodeBlock code = assertInstanceOf(Block.CodeBlock.class, BlockTree.of(document).get(0));
    assertEquals(Attributes.of(Map.of("header", 2)), code.style().extra());
  }

  @Test
  void nestsNoDeeperThanTheDeepestIndent() {
    DeltaBuilder document = Delta.builder().insert("\n", Attributes.of(Map.of("list", "bullet")));
    for (int i = 1; i < 20_000; i++) {
      document.insert("\n", Attributes.of(Map.of("list", "bullet", "indent", Math.min(i, 8))));
    }
    int depth = 0;
    List<? extends Block> blocks = BlockTree.of(document.build());
    while (!blocks.isEmpty() && blocks.get(blocks.size() - 1) instanceof Block.ItemList list) {
      depth++;
      blocks = list.items().get(list.items().size() - 1).lists();
    }
    assertEquals(9, depth);
  }

  @Test
  void endsATableBeforeItsSixtyFifthColumn() {
    DeltaBuilder document = Delta.builder();
    cells(document, "r1", IntStream.range(0, 130));
    cells(document, "r2", IntStream.of(127, 128, 129));
    List<Block> tables = BlockTree.of(document.build());
    assertEquals(List.of(64, 64, 3), tables.stream().map(BlockTreeTest::columns).toList());
    assertEquals(List.of(1, 1, 2), tables.stream().map(table -> rows(table).size()).toList());
    assertEquals(List.of("c127", "c128", "c129"), ((Block.Table) tables.get(2)).columns());
    assertEquals(Lines.of(tables), Line.of(document.build()));
  }

  @Test
  void fillsATableOfSixtyFourColumns() {
    DeltaBuilder document = Delta.builder();
    cells(document, "r1", IntStream.range(0, 64));
    cells(document, "r2", IntStream.of(63));
    List<Block> tables = BlockTree.of(document.build());
    assertEquals(1, tables.size());
    Block.Row second = rows(tables.get(0)).get(1);
    assertEquals(63, second.cells().stream().filter(Block.Cell::isGap).count());
  }

  private static void cells(DeltaBuilder document, String row, IntStream columns) {
    columns.forEach(
        column ->
            document.insert(
                "\n", Attributes.of(Map.of("cell", new CellId("t", row, "c" + column).value()))));
  }

  private static int columns(Block table) {
    return ((Block.Table) table).columns().size();
  }

  private static List<Block.Row> rows(Block table) {
    return ((Block.Table) table).rows();
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
