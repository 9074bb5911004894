package org.tandem.wiki.store;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Pages;
import org.tandem.api.host.SavedVersion;
import org.tandem.wiki.core.Core;
import org.tandem.wiki.core.TestWiki;

@ExtendWith(TestWiki.Shared.class)
class StoreTest {

  private final TestWiki wiki;

  StoreTest(TestWiki wiki) {
    this.wiki = wiki;
  }

  /** A plugin that publishes while the wiki ends is told what it is told of a database away. */
  @Test
  void fromOneThatIsClosedComesNoAnswer() throws Exception {
    Core ended = wiki.node();
    Pages pages = ended.pages();
    ended.close();
    PageId page = PageId.random();
    Delta document = Delta.builder().insert("late\n").build();
    SavedVersion version = new SavedVersion(1, document, Set.of(), Instant.now());
    assertThrows(UncheckedIOException.class, () -> pages.page(page));
    assertThrows(UncheckedIOException.class, () -> pages.publish(page, version, 0));
  }
}
