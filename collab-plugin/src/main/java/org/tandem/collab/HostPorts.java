package org.tandem.collab;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Pages;
import org.tandem.api.host.Registration;
import org.tandem.api.host.SavedVersion;
import org.tandem.api.host.UserId;
import org.tandem.collab.log.LogUnavailable;

/**
 * The host's pages and rights with one failure for "the database is away", the log's own: both read
 * the same database, and the runtime answers both alike.
 */
final class HostPorts {

  private HostPorts() {}

  static Pages over(Pages pages) {
    return new HostPages(pages);
  }

  static AccessControl over(AccessControl access) {
    return new HostAccess(access);
  }

  private static <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (UncheckedIOException away) {
      throw new LogUnavailable("the wiki's database did not answer", away);
    }
  }

  private record HostPages(Pages pages) implements Pages {

    @Override
    public Optional<Page> page(PageId page) {
      return ask(() -> pages.page(page));
    }

    @Override
    public Optional<PageContent> content(PageId page) {
      return ask(() -> pages.content(page));
    }

    @Override
    public List<SavedVersion> savedAlone(PageId page) {
      return ask(() -> pages.savedAlone(page));
    }

    @Override
    public boolean publish(PageId page, SavedVersion version, long takenOver) {
      return ask(() -> pages.publish(page, version, takenOver));
    }

    @Override
    public Registration onDeleted(Consumer<PageId> listener) {
      return pages.onDeleted(listener);
    }
  }

  private record HostAccess(AccessControl access) implements AccessControl {

    @Override
    public Access access(PageId page, UserId user) {
      return ask(() -> access.access(page, user));
    }

    @Override
    public Registration onChange(Consumer<AccessChange> listener) {
      return access.onChange(listener);
    }
  }
}
