package org.tandem.wiki.plugin.extension;

import java.util.Optional;
import java.util.UUID;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.PageChange;
import org.tandem.api.host.PageId;

/** What listeners are told. */
sealed interface Event {

  /** Has no place in a queue beside others of a page. */
  PageId NO_PAGE = new PageId(new UUID(0, 0));

  PageId page();

  /** The lowest revision that it is about. */
  long from();

  /** The highest. */
  long to();

  void tell(ChangeListener listener);

  /** It is about one change, at its revision. */
  sealed interface OfChange extends Event {

    PageChange change();

    @Override
    default PageId page() {
      return change().page();
    }

    @Override
    default long from() {
      return change().rev();
    }

    @Override
    default long to() {
      return change().rev();
    }
  }

  record Ordered(PageChange change) implements OfChange {

    @Override
    public void tell(ChangeListener listener) {
      listener.ordered(change);
    }
  }

  record Committed(PageChange change) implements OfChange {

    @Override
    public void tell(ChangeListener listener) {
      listener.committed(change);
    }
  }

  record Missed(ChangeListener.Missed missed) implements Event {

    static Missed of(PageId page, long from, long to) {
      return new Missed(new ChangeListener.Missed(Optional.of(page), from, to));
    }

    @Override
    public long from() {
      return missed.from();
    }

    @Override
    public long to() {
      return missed.to();
    }

    @Override
    public PageId page() {
      return missed.page().orElse(NO_PAGE);
    }

    @Override
    public void tell(ChangeListener listener) {
      listener.missed(missed);
    }
  }
}
