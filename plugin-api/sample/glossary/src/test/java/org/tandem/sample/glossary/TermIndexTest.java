package org.tandem.sample.glossary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;

class TermIndexTest {

  private final TermIndex index = new TermIndex(new Outlines(Text.MARK));

  private static PageContent content(long rev, int terms, String meaning) {
    String[] lines = new String[terms + 1];
    lines[0] = "# Glossary";
    for (int i = 1; i <= terms; i++) {
      lines[i] = "Term " + i + ": " + meaning;
    }
    return new PageContent(rev, Text.document(lines).toDelta());
  }

  @Test
  void keepsNoMoreThanItsMeasureHoweverLongTheGlossaries() {
    PageContent longest = content(1, 500, "m".repeat(900));
    List<PageId> pages = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      PageId page = PageId.random();
      pages.add(page);
      assertEquals(500, index.of(page, longest).size());
    }
    assertTrue(index.characters() <= TermIndex.MOST_CHARACTERS, "kept: " + index.characters());
    assertTrue(index.characters() > TermIndex.MOST_CHARACTERS / 2, "kept: " + index.characters());
    PageContent other = content(1, 1, "other");
    assertEquals(500, index.of(pages.get(29), other).size(), "the newest is kept");
    assertEquals(1, index.of(pages.get(0), other).size(), "the eldest is read again");
  }

  @Test
  void whatIsReplacedOrForgottenCountsNoMore() {
    PageId page = PageId.random();
    index.of(page, content(1, 500, "m".repeat(400)));
    index.of(page, content(2, 1, "short"));
    assertEquals("Term 1".length() + "short".length(), index.characters());
    index.forget(page);
    assertEquals(0, index.characters());
  }
}
