package org.tandem.collab.runtime;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tandem.collab.protocol.Selection;

/**
 * What one connection wants of its page, on the way to the page's mailbox: a bounded number of
 * letters, and of carets the newest. Threads: safe for use by any thread.
 */
final class Requests {

  /** Letters of one connection that wait; a client that waits for answers has a few. */
  static final int LETTERS = 1_000;

  private final OpenPage page;
  private final Runnable tooMany;
  private final AtomicInteger letters = new AtomicInteger();

  /** The newest caret that the page has not taken yet. */
  private final AtomicReference<@Nullable Optional<Selection>> caret = new AtomicReference<>();

  /**
   * @param tooMany told of each letter that is not taken
   */
  Requests(OpenPage page, Runnable tooMany) {
    this.page = page;
    this.tooMany = tooMany;
  }

  /** Runs a letter in the mailbox, on the calling thread if need be. */
  void post(Runnable letter) {
    if (letters.incrementAndGet() > LETTERS) {
      tooMany.run();
      return;
    }
    page.postAndRun(
        () -> {
          letters.decrementAndGet();
          letter.run();
        });
  }

  /** Carets are no news once they are overtaken: one of them waits. */
  void moveCursor(Optional<Selection> selection, Consumer<Optional<Selection>> move) {
    if (caret.getAndSet(selection) == null) {
      post(
          () -> {
            Optional<Selection> newest = caret.getAndSet(null);
            if (newest != null) {
              move.accept(newest);
            }
          });
    }
  }
}
