package org.tandem.wiki.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.delta.Op;
import org.tandem.api.document.PlainText;
import org.tandem.api.document.format.CellId;
import org.tandem.api.document.markdown.Markdown;
import org.tandem.api.document.tree.Block;
import org.tandem.api.document.tree.BlockTree;
import org.tandem.api.document.tree.Line;

/** Tables of a page that is edited as Markdown, which says nothing of their ids. */
class MarkdownTableEditTest {

  private static final String TABLE = "| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n";

  private static final Delta PAGE =
      page(
          "before",
          "t head.a A",
          "t head.b B",
          "t x.a 1",
          "t x.b 2",
          "t y.a 3",
          "t y.b 4",
          "after");

  /** Lines like "table row.column text", or a text alone. */
  private static Delta page(String... lines) {
    DeltaBuilder page = Delta.builder();
    for (String line : lines) {
      String[] parts = line.split(" ", 3);
      if (parts.length == 1) {
        page.insert(line + "\n");
      } else {
        String[] cell = parts[1].split("\\.");
        page.insert(parts[2]).insert("\n", cell(parts[0], cell[0], cell[1]));
      }
    }
    return page.build();
  }

  private static Attributes cell(String table, String row, String column) {
    return Attributes.of(Map.of("cell", new CellId(table, row, column).value()));
  }

  private static List<String> lines(Delta page) {
    List<String> lines = new ArrayList<>();
    Map<String, String> known = new HashMap<>();
    for (Line line : Line.of(page)) {
      CellId cell = CellId.of(line.attributes().get("cell"));
      String text = PlainText.of(Delta.of(line.content()));
      lines.add(
          cell == null
              ? text
              : name(cell.table(), known)
                  + " "
                  + name(cell.row(), known)
                  + "."
                  + name(cell.column(), known)
                  + " "
                  + text);
    }
    return lines;
  }

  /** Ids of eight characters are new ones, which are told apart as they come. */
  private static String name(String id, Map<String, String> known) {
    return id.length() < 8 ? id : known.computeIfAbsent(id, first -> "new" + (known.size() + 1));
  }

  private static List<String> edited(String from, String to) {
    String markdown = Markdown.write(PAGE);
    assertTrue(markdown.contains(from), markdown);
    return lines(Saves.apply(PAGE, markdown.replace(from, to)));
  }

  private static List<String> pageWith(String... cells) {
    List<String> lines = new ArrayList<>(List.of(cells));
    lines.add(0, "before");
    lines.add("after");
    return lines;
  }

  @Test
  void aTableStaysWhenTheTextBesideItChanges() {
    List<String> expected = new ArrayList<>(lines(PAGE));
    expected.set(0, "Before, and more");
    assertEquals(expected, edited("before", "Before, and more"));
  }

  @Test
  void aCellIsEdited() {
    List<String> expected = new ArrayList<>(lines(PAGE));
    expected.set(5, "t y.a three");
    assertEquals(expected, edited("3", "three"));
  }

  @Test
  void aHeadIsRenamed() {
    List<String> expected = new ArrayList<>(lines(PAGE));
    expected.set(2, "t head.b Better");
    assertEquals(expected, edited("| B |", "| Better |"));
  }

  /** Two columns with one id fell into each other, and the cells of one became rows. */
  @Test
  void columnsOfTwoPeopleAreTwo() {
    String markdown = "| a | b |\n| --- | --- |\n| 1 | 2 |\n";
    Delta page = Markdown.read(markdown);
    String one = "| a | x | b |\n| --- | --- | --- |\n| 1 | X | 2 |\n";
    String other = "| a | b | y |\n| --- | --- | --- |\n| 1 | 2 | Y |\n";
    assertEquals(
        "| a | x | b | y |\n|---|---|---|---|\n| 1 | X | 2 | Y |\n",
        Markdown.write(together(page, one, other)));
  }

  /** Two tables with one id became one. */
  @Test
  void tablesOfTwoPeopleAreTwo() {
    Delta page = Markdown.read("start\n\nend\n");
    String table = "start\n\n| a |\n| --- |\n| 1 |\n\nend\n";
    Delta both = together(page, table, table.replace('a', 'b'));
    assertEquals(2, BlockTree.of(both).stream().filter(Block.Table.class::isInstance).count());
  }

  @Test
  void theSameSaveGivesTheSameIdsAgain() {
    String markdown = Markdown.write(PAGE) + "\n| new |\n| --- |\n";
    assertEquals(Saves.apply(PAGE, markdown), Saves.apply(PAGE, markdown));
    assertNotEquals(Saves.apply(PAGE, markdown), Saves.apply(PAGE, markdown, "another"));
  }

  private static Delta together(Delta page, String one, String other) {
    Delta first = page.diff(Saves.apply(page, one, "one"));
    Delta second = page.diff(Saves.apply(page, other, "other"));
    return page.compose(first).compose(first.transform(second, true));
  }

  /** Each was compared with each, and all their words were read again each time. */
  @Test
  void manyTablesAreFoundInNoTime() {
    String table = "| %d |\n| --- |\n\ntext\n\n";
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    for (int i = 0; i < 4_000; i++) {
      before.append(table.formatted(i));
      after.append(table.formatted(4_000 + i));
    }
    Delta page = Markdown.read(before.toString());
    assertTimeout(Duration.ofSeconds(10), () -> Saves.apply(page, after.toString()));
  }

  @Test
  void aRowIsAdded() {
    assertEquals(
        pageWith(
            "t head.a A",
            "t head.b B",
            "t x.a 1",
            "t x.b 2",
            "t new1.a 1.5",
            "t new1.b 2.5",
            "t y.a 3",
            "t y.b 4"),
        edited("| 3 |", "| 1.5 | 2.5 |\n| 3 |"));
  }

  @Test
  void aRowIsRemoved() {
    assertEquals(
        pageWith("t head.a A", "t head.b B", "t y.a 3", "t y.b 4"), edited("| 1 | 2 |\n", ""));
  }

  @Test
  void aColumnIsAddedAndARowBesideIt() {
    String wider = "| A | N | B |\n|---|---|---|\n| 1 | n | 2 |\n| 3 | m | 4 |\n| 5 | o | 6 |\n";
    assertEquals(
        pageWith(
            "t head.a A",
            "t head.new1 N",
            "t head.b B",
            "t x.a 1",
            "t x.new1 n",
            "t x.b 2",
            "t y.a 3",
            "t y.new1 m",
            "t y.b 4",
            "t new2.a 5",
            "t new2.new1 o",
            "t new2.b 6"),
        edited(TABLE, wider));
  }

  @Test
  void aColumnIsRemoved() {
    assertEquals(
        pageWith("t head.b B", "t x.b 2", "t y.b 4"),
        edited(TABLE, "| B |\n|---|\n| 2 |\n| 4 |\n"));
  }

  @Test
  void aTableIsAddedBeforeAnother() {
    List<String> expected = new ArrayList<>(lines(PAGE));
    expected.addAll(1, List.of("new1 r1.c1 new", "new1 r2.c1 table"));
    assertEquals(expected, edited(TABLE, "| new |\n|---|\n| table |\n\n" + TABLE));
  }

  @Test
  void aTableIsRemoved() {
    assertEquals(List.of("before", "after"), edited(TABLE, ""));
  }

  @Test
  void tablesOfOneIdThatWereApartDoNotBecomeOne() {
    Delta page = page("t r.c A", "between", "t r.c B");
    String together = Markdown.write(page).replace("between\n\n", "");
    assertEquals(List.of("t r.c A", "new1 r.c B"), lines(Saves.apply(page, together)));
  }

  @Test
  void linesOfACellThatARowStoodBetweenStayInIt() {
    Delta page = page("t r.c A", "t s.c B", "t r.c C");
    String markdown = Markdown.write(page).replace("| B |\n", "");
    assertEquals(List.of("t r.c A", "t r.c C"), lines(Saves.apply(page, markdown)));
  }

  /**
   * Gaps, lines in another order than the rows', blocks in cells, formats of plugins: all that
   * Markdown cannot say.
   */
  @Test
  void whatMarkdownCannotSayOfATableStays() {
    Map<String, Object> item = new HashMap<>(cell("t", "x", "b").asMap());
    item.put("list", "checked");
    item.put("strange", 7);
    Delta table =
        page("t head.a A", "t head.b B", "t head.c C", "t x.c 3", "t x.a 1")
            .compose(
                Delta.builder()
                    .retain(10)
                    .embed("chart", 1, Attributes.NONE)
                    .insert("\n", Attributes.of(item))
                    .insert("2", Attributes.of(Map.of("strange", true)))
                    .insert("\n", Attributes.of(item))
                    .build());
    Delta page = Delta.of(concat(List.of(page("one"), table, page("end"))));
    assertEquals(2, ((Block.Table) BlockTree.of(table).get(0)).rows().size());
    Delta expected = Delta.of(concat(List.of(page("two"), table, page("end"))));
    String markdown = Markdown.write(page);
    assertEquals(expected, Saves.apply(page, markdown.replace("one", "two")));
  }

  private static List<Op> concat(List<Delta> parts) {
    return parts.stream().flatMap(part -> part.ops().stream()).toList();
  }

  /** The row f and the column n came at the same time. */
  @Test
  void aTableWhoseLinesStandInAnotherOrderThanItsRowsKeepsIt() {
    Delta page =
        page("t x.a 1", "t x.b 2", "t f.a 3", "t f.b 4", "t x.n 5", "t y.a 6", "t y.n 7", "end");
    String markdown = Markdown.write(page);
    assertEquals(page, Saves.apply(page, markdown));
    for (int cell = 1; cell <= 7; cell++) {
      List<String> expected = new ArrayList<>(lines(page));
      int at = cell - 1;
      expected.set(at, expected.get(at) + "!");
      String changed = markdown.replace("| " + cell + " ", "| " + cell + "! ");
      assertEquals(expected, lines(Saves.apply(page, changed)));
    }
    String more = markdown.replace("| 3 | 4 |", "| 3 | 4 |  |\n| 8 | 9 |");
    Block.Table table = (Block.Table) BlockTree.of(Saves.apply(page, more)).get(0);
    assertEquals(List.of("a", "b", "n"), table.columns());
    assertEquals(4, table.rows().size());
  }

  @Test
  void aLongTableIsEditedInTime() {
    DeltaBuilder table = Delta.builder();
    IntStream.range(0, 4_000)
        .forEach(i -> table.insert("" + i).insert("\n", cell("t", "q" + i / 4, "d" + i % 4)));
    Delta page = table.insert("end\n").build();
    List<String> expected = new ArrayList<>(lines(page));
    expected.set(2_001, "t q500.d1 changed");
    Delta changed = Saves.apply(page, Markdown.write(page).replace("| 2001 |", "| changed |"));
    assertEquals(expected, lines(changed));
  }
}
