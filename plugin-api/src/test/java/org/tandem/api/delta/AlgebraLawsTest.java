package org.tandem.api.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The laws of the algebra on random documents and changes; a failure names its seed. */
class AlgebraLawsTest {

  private static final int TRIES = 5_000;

  @Property(tries = TRIES)
  void composeIsApplyingOneAfterTheOther(@ForAll long seed) {
    Arbitrary any = new Arbitrary(seed);
    Delta document = any.document();
    Delta first = any.change(document.length());
    Delta second = any.change(document.compose(first).length());
    NaiveDocument oracle = new NaiveDocument(document);
    oracle.apply(first);
    assertTrue(oracle.says(document.compose(first)), () -> oracle + " " + document.compose(first));
    oracle.apply(second);
    assertTrue(oracle.says(document.compose(first).compose(second)));
    assertTrue(oracle.says(document.compose(first.compose(second))));
  }

  @Property(tries = TRIES)
  void composeIsAssociative(@ForAll long seed) {
    Arbitrary any = new Arbitrary(seed);
    Delta document = any.document();
    Delta a = any.change(document.length());
    Delta b = any.change(document.compose(a).length());
    Delta c = any.change(document.compose(a).compose(b).length());
    assertEquals(
        document.compose(a.compose(b).compose(c)), document.compose(a.compose(b.compose(c))));
    assertEquals(a.compose(b).compose(c), a.compose(b.compose(c)));
  }

  /** What no document bounds: changes that go beyond each other's ends. */
  @Property(tries = TRIES)
  void composeIsAssociativeWithoutADocument(@ForAll long seed) {
    Arbitrary any = new Arbitrary(seed);
    Delta a = any.change(10);
    Delta b = any.change(12);
    Delta c = any.change(14);
    assertEquals(a.compose(b).compose(c), a.compose(b.compose(c)));
  }

  /** TP1: {@code a} and then what is left of {@code b} is {@code b} and then what is left of a. */
  @Property(tries = TRIES)
  void concurrentChangesConverge(@ForAll long seed) {
    Arbitrary any = new Arbitrary(seed);
    Delta document = any.document();
    Delta a = any.change(document.length());
    Delta b = any.change(document.length());
    Delta left = document.compose(a).compose(a.transform(b, true));
    Delta right = document.compose(b).compose(b.transform(a, false));
    assertEquals(left, right);
    assertEquals(a.compose(a.transform(b, true)), b.compose(b.transform(a, false)));
    NaiveDocument oracle = new NaiveDocument(document);
    oracle.apply(a);
    oracle.apply(a.transform(b, true));
    assertTrue(oracle.says(left), () -> oracle + " " + left);
  }

  @Property(tries = TRIES)
  void inversionTakesBack(@ForAll long seed) {
    Arbitrary any = new Arbitrary(seed);
    Delta document = any.document();
    Delta change = any.change(document.length());
    Delta back = change.invert(document);
    assertEquals(document, document.compose(change).compose(back));
    NaiveDocument oracle = new NaiveDocument(document.compose(change));
    oracle.apply(back);
    assertTrue(oracle.says(document), () -> oracle + " " + document);
  }

  @Property(tries = TRIES)
  void differenceLeadsFromOneToTheOther(@ForAll long seed) {
    Arbitrary any = new Arbitrary(seed);
    Delta from = any.document();
    Delta to = any.document();
    assertEquals(to, from.compose(from.diff(to)));
    assertTrue(from.diff(from).isEmpty());
    assertTrue(keepsLastPlace(from.diff(to), from.length()), () -> from.diff(to).toString());
  }

  /** Whether nothing deletes the last place of a document or inserts after it. */
  private static boolean keepsLastPlace(Delta change, int length) {
    int at = 0;
    for (Op op : change.ops()) {
      boolean keeps = op instanceof Op.Retain;
      at += keeps || op instanceof Op.Delete ? op.length() : 0;
      if (!keeps && at >= length) {
        return false;
      }
    }
    return true;
  }

  @Property(tries = TRIES)
  void positionsGoWithTheTextBeforeThem(@ForAll long seed) {
    Arbitrary any = new Arbitrary(seed);
    Delta document = any.document();
    Delta change = any.change(document.length());
    int position = any.position(document.length());
    // A caret is where a change that inserts a marker there would put it.
    Delta marker = Delta.builder().retain(position).embed("caret", true, Attributes.NONE).build();
    assertEquals(place(change.transform(marker, true)), change.transformPosition(position, false));
    assertEquals(place(change.transform(marker, false)), change.transformPosition(position, true));
  }

  private static int place(Delta marker) {
    int at = 0;
    for (Op op : marker.ops()) {
      if (op instanceof Op.Embed) {
        return at;
      }
      at += op.length();
    }
    throw new AssertionError("no marker in " + marker);
  }

  @Property(tries = TRIES)
  void jsonBringsItBack(@ForAll long seed) {
    Arbitrary any = new Arbitrary(seed);
    Delta change = any.change(any.document().length());
    assertEquals(new DeltaJson.Parsed.Valid(change), DeltaJson.read(DeltaJson.write(change)));
  }
}
