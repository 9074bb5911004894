package org.tandem.sample.glossary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

class OutlinesTest {

  private final Outlines outlines = new Outlines(Text.MARK);
  private final PageId page = PageId.random();
  private final UserId author = UserId.random();
  private final LiveDocument document = Text.document("# Glossary", "A: a");

  private Outlines.Step step(long head, LiveDocument at, Delta change) {
    return proposed(head, at, change).orElseThrow();
  }

  private Optional<Outlines.Step> proposed(long head, LiveDocument at, Delta change) {
    return outlines.step(
        new ProposedChange(page, author, head, at, change, ProposedChange.Manner.TYPED));
  }

  private Optional<Outline> committed(long rev, Delta change) {
    return outlines.at(new PageChange(page, rev, author, change));
  }

  @Test
  void whatFollowsIsNotReadAgain() {
    Delta change = Text.insert(3, "x");
    Outlines.Step first = step(4, document, change);
    assertSame(first.after(), step(5, document.apply(change), change).before());
    Outlines.Step second = step(5, document.apply(change), Text.insert(0, "y"));
    assertSame(first.after(), second.before(), "also when another came in its place");
  }

  @Test
  void whatAnotherNodeHasWrittenIs() {
    step(4, document, Text.insert(3, "x"));
    LiveDocument other = Text.document("# Glossarys", "A: a");
    assertEquals(other, step(5, other, Text.insert(0, "y")).before().document());
  }

  @Test
  void aCommitIsKnownByItsChange() {
    Delta change = Text.insert(3, "x");
    Outlines.Step step = step(4, document, change);
    assertEquals(Optional.of(step.after()), committed(5, change));
    assertEquals(Optional.of(step.before()), committed(4, Text.insert(0, "before")));
    assertEquals(Optional.empty(), committed(5, Text.insert(3, "y")), "another took its place");
    assertEquals(Optional.empty(), committed(6, change));
  }

  @Test
  void aPageThatIsTooMuchHasNoneUntilItIsLess() {
    LiveDocument much = Text.headings(HeadingReader.MOST_HEADINGS + 1);
    Delta less = Text.delete(0, 2);
    assertEquals(Optional.empty(), proposed(4, much, Text.insert(0, "x")));
    assertEquals(Optional.empty(), proposed(4, much, less), "the change that makes it less");
    assertEquals(
        HeadingReader.MOST_HEADINGS,
        step(5, much.apply(less), Text.insert(0, "x")).after().headings().size());
  }
}
