package org.tandem.collab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tandem.api.host.PageId;

class OwnershipTest {

  private static final List<NodeId> NODES = Stream.of("a", "b", "c").map(NodeId::new).toList();
  private static final int PAGES = 3_000;

  private final Random random = new Random(42);

  private PageId page() {
    return new PageId(new UUID(random.nextLong(), random.nextLong()));
  }

  @Test
  void doesNotDependOnTheOrderOfTheView() {
    for (int i = 0; i < 100; i++) {
      PageId page = page();
      assertEquals(
          Ownership.owner(new ClusterView(NODES), page),
          Ownership.owner(
              new ClusterView(List.of(NODES.get(2), NODES.get(0), NODES.get(1))), page));
    }
  }

  @Test
  void spreadsPagesEvenly() {
    Map<NodeId, Long> owned =
        Stream.generate(this::page)
            .limit(PAGES)
            .collect(
                Collectors.groupingBy(
                    page -> Ownership.owner(new ClusterView(NODES), page), Collectors.counting()));
    owned.forEach(
        (node, count) -> assertTrue(count > PAGES / 4 && count < PAGES / 2, node + ": " + count));
    assertEquals(3, owned.size());
  }

  @Test
  void movesOnlyThePagesOfANodeThatLeaves() {
    List<NodeId> fewer = new ArrayList<>(NODES);
    NodeId gone = fewer.remove(1);
    for (int i = 0; i < PAGES; i++) {
      PageId page = page();
      NodeId before = Ownership.owner(new ClusterView(NODES), page);
      if (!before.equals(gone)) {
        assertEquals(before, Ownership.owner(new ClusterView(fewer), page));
      }
    }
  }
}
