package org.tandem.api.document.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandem.api.delta.Delta;

/** What two, and three, people do to one table at the same time, whoever is first: all of it. */
class TablesAtOnceTest {

  @ParameterizedTest
  @CsvSource({"1,1", "1,2", "2,1", "2,2", "3,3", "2,4"})
  void isOneTableWithAllThatTwoDid(int rows, int columns) {
    Delta page = TableActs.table(rows, columns);
    TableActs mine = new TableActs(page, "a");
    TableActs theirs = new TableActs(page, "b");
    for (TableActs.Act a : mine.all()) {
      for (TableActs.Act b : theirs.all()) {
        assertAll(page, List.of(a, b), List.of(mine.seen(a), theirs.seen(b)));
        assertAll(page, List.of(b, a), List.of(mine.seen(a), theirs.seen(b)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,2", "2,2"})
  void isOneTableWithAllThatThreeDid(int rows, int columns) {
    Delta page = TableActs.table(rows, columns);
    List<TableActs> people =
        List.of(new TableActs(page, "a"), new TableActs(page, "b"), new TableActs(page, "c"));
    for (TableActs.Act a : people.get(0).all()) {
      for (TableActs.Act b : people.get(1).all()) {
        for (TableActs.Act c : people.get(2).all()) {
          assertAll(
              page,
              List.of(a, b, c),
              List.of(people.get(0).seen(a), people.get(1).seen(b), people.get(2).seen(c)));
        }
      }
    }
  }

  /** Each person finds what nobody deleted in the order in which it was seen. */
  private static void assertAll(Delta page, List<TableActs.Act> acts, List<Set<String>> seen) {
    Delta result = TableActs.committed(page, acts);
    String message = acts.toString();
    TableShapeTest.assertWhole(result, message);
    Set<String> deleted = new HashSet<>(ids(page));
    deleted.removeIf(id -> seen.stream().allMatch(own -> own.contains(id)));
    List<String> ids = ids(result);
    for (Set<String> own : seen) {
      assertEquals(
          own.stream().filter(id -> ids.contains(id) && !deleted.contains(id)).toList(),
          ids.stream().filter(id -> own.contains(id) && !deleted.contains(id)).toList(),
          message);
    }
  }

  /** Rows, then columns. */
  private static List<String> ids(Delta page) {
    return List.copyOf(new TableActs(page, "").seen(new TableActs.Act("", Delta.EMPTY)));
  }
}
