package org.tandem.collab.branch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tandem.collab.branch.Branches.BASE;
import static org.tandem.collab.branch.Branches.applied;
import static org.tandem.collab.branch.MergeTest.delete;
import static org.tandem.collab.branch.MergeTest.insert;
import static org.tandem.collab.branch.MergeTest.merged;
import static org.tandem.collab.branch.MergeTest.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.delta.Op;

/** A failure names its seed. */
class MergeLawsTest {

  @Property(tries = 5_000)
  void isWhatTheNaiveListCrdtSays(@ForAll long seed) {
    Branches branches = new Branches(new Random(seed));
    List<Delta> committed = branches.any("ABC");
    List<Delta> branch = branches.any("xyz");
    NaiveListCrdt server = new NaiveListCrdt(0, BASE);
    committed.forEach(server::edit);
    NaiveListCrdt client = new NaiveListCrdt(1, BASE);
    branch.forEach(client::edit);
    assertEquals(applied(BASE, committed), server.document());
    assertEquals(applied(BASE, branch), client.document());
    server.integrateAll(client);
    client.integrateAll(server);
    assertEquals(server.document(), client.document());
    assertEquals(server.document(), merged(BASE, branch, committed));
  }

  /** One change on each side: there is nothing that a composition could lose. */
  @Property(tries = 3_000)
  void isPlainTransformationForOneChangeOnEachSide(@ForAll long seed) {
    Branches branches = new Branches(new Random(seed));
    List<Delta> one = first(branches.any("ABC"));
    List<Delta> other = first(branches.any("xyz"));
    Merge merge = Merge.of(one, other);
    Delta committed = other.isEmpty() ? Delta.EMPTY : other.get(0);
    Delta branch = one.isEmpty() ? Delta.EMPTY : one.get(0);
    assertEquals(committed.transform(branch, true), merge.change());
    assertEquals(branch.transform(committed, false), merge.catchUp());
  }

  private static List<Delta> first(List<Delta> changes) {
    return changes.subList(0, Math.min(1, changes.size()));
  }

  /** Without a deletion no place is lost, so change by change comes to the same. */
  @Property(tries = 3_000)
  void isPlainTransformationWhereNothingIsDeleted(@ForAll long seed) {
    Branches branches = new Branches(new Random(seed));
    List<Delta> committed = withoutDeletions(branches.any("ABC"));
    List<Delta> branch = withoutDeletions(branches.any("xyz"));
    Rebase each = Rebase.over(branch, committed);
    Merge merge = Merge.of(branch, committed);
    assertEquals(each.change(), merge.change());
    assertEquals(each.catchUp(), merge.catchUp());
  }

  /** What is deleted stays in the text, so that the changes after it fit. */
  private static List<Delta> withoutDeletions(List<Delta> changes) {
    List<Delta> kept = new ArrayList<>();
    for (Delta change : changes) {
      DeltaBuilder builder = Delta.builder();
      for (Op op : change.ops()) {
        builder.add(op instanceof Op.Delete ? new Op.Retain(op.length(), Attributes.NONE) : op);
      }
      kept.add(builder.build());
    }
    return kept;
  }

  /** Whatever the place, the same characters survive as change by change. */
  @Property(tries = 3_000)
  void keepsWhatPlainTransformationKeeps(@ForAll long seed) {
    Branches branches = new Branches(new Random(seed));
    List<Delta> committed = branches.any("ABC");
    List<Delta> branch = branches.any("xyz");
    Delta each = applied(BASE, committed).compose(Rebase.over(branch, committed).change());
    assertEquals(pieces(each), pieces(merged(BASE, branch, committed)));
  }

  private static List<String> pieces(Delta document) {
    List<String> pieces = new ArrayList<>();
    for (Op op : document.ops()) {
      if (op instanceof Op.Insert insert) {
        insert.text().chars().forEach(c -> pieces.add((char) c + sorted(insert.attributes())));
      } else {
        Op.Embed embed = (Op.Embed) op;
        pieces.add(embed.value() + sorted(embed.attributes()));
      }
    }
    return pieces.stream().sorted().toList();
  }

  private static String sorted(Attributes attributes) {
    return new TreeMap<>(attributes.asMap()).toString();
  }

  /** Many spans: nodes of the tree are split, and split again. */
  @Property(tries = 20)
  void isWhatTheNaiveListCrdtSaysOfLongBranches(@ForAll long seed) {
    Random random = new Random(seed);
    Delta base = text("0123456789".repeat(20) + "\n");
    List<Delta> committed = singles(random, base.length(), 1_500, 'A');
    List<Delta> branch = singles(random, base.length(), 1_500, 'a');
    NaiveListCrdt server = new NaiveListCrdt(0, base);
    committed.forEach(server::edit);
    NaiveListCrdt client = new NaiveListCrdt(1, base);
    branch.forEach(client::edit);
    server.integrateAll(client);
    assertEquals(server.document(), merged(base, branch, committed));
  }

  /** Formats reach over whole nodes, which hand them down when they are split or written in. */
  @Property(tries = 10)
  void isWhatTheNaiveListCrdtSaysOfLongBranchesOfEverything(@ForAll long seed) {
    Random random = new Random(seed);
    Delta base = text("0123456789".repeat(20) + "\n");
    Branches branches = new Branches(random, base);
    List<Delta> committed = branches.any("ABC", 800);
    List<Delta> branch = branches.any("xyz", 800);
    NaiveListCrdt server = new NaiveListCrdt(0, base);
    committed.forEach(server::edit);
    NaiveListCrdt client = new NaiveListCrdt(1, base);
    branch.forEach(client::edit);
    server.integrateAll(client);
    assertEquals(server.document(), merged(base, branch, committed));
  }

  private static List<Delta> singles(Random random, int length, int count, char first) {
    List<Delta> changes = new ArrayList<>();
    int now = length;
    for (int i = 0; i < count; i++) {
      int at = random.nextInt(now);
      Delta change =
          random.nextInt(3) == 0 && at < now - 1
              ? delete(at, 1)
              : insert(at, String.valueOf((char) (first + i % 26)));
      changes.add(change);
      now += change.changeLength();
    }
    return changes;
  }
}
