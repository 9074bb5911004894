package org.tandem.api.editor;

import java.util.Locale;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

/**
 * A change that would be the page's next revision. It keeps the rules of documents and formats
 * already. Immutable.
 *
 * @param page whose document it would change
 * @param author who wrote it, also when it comes later or by another way
 * @param head the page's revision now; the change would be the next
 * @param document the page at that revision; {@link LiveDocument#slice} and {@link
 *     LiveDocument#text} look at a part of it without going over all
 * @param change as it applies to that document, after what was ordered before it
 * @param manner how it came about
 */
public record ProposedChange(
    PageId page, UserId author, long head, LiveDocument document, Delta change, Manner manner) {

  /** The page as it would be after the change. */
  public LiveDocument applied() {
    return document.apply(change);
  }

  /** How a change came about. */
  public enum Manner {
    /** Typed in an editor that is connected. */
    TYPED,
    /** What was typed without a connection, all of it as one. */
    BRANCH,
    /** A save in one piece: REST, an import, a form. */
    SAVED;

    /** {@code typed}, {@code branch}, {@code saved}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
