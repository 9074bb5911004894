package org.tandem.collab;

import jakarta.servlet.http.HttpServletRequest;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.tandem.api.host.SignInId;
import org.tandem.api.host.SignIns;
import org.tandem.api.host.UserId;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.resilience4j.Guard;

/**
 * The host's pages and rights with one failure for "the database is away", the log's own: both read
 * the same database, and the runtime answers both alike. A {@link Guard} keeps a wiki's database
 * that is away from holding the threads of sockets and pages.
 */
final class HostPorts {

  private HostPorts() {}

  static Pages over(Pages pages, Guard guard) {
    return new HostPages(pages, guard);
  }

  static AccessControl over(AccessControl access, Guard guard) {
    return new HostAccess(access, guard);
  }

  static SignIns over(SignIns signIns, Guard guard) {
    return new HostSignIns(signIns, guard);
  }

  private static <T> T ask(Guard guard, Supplier<T> question) {
    return guard.ask(
        () -> {
          try {
            return question.get();
          } catch (UncheckedIOException away) {
            throw new LogUnavailable("the wiki's database did not answer", away);
          }
        });
  }

  private record HostPages(Pages pages, Guard guard) implements Pages {

    @Override
    public Optional<Page> page(PageId page) {
      return ask(guard, () -> pages.page(page));
    }

    @Override
    public Optional<PageContent> content(PageId page) {
      return ask(guard, () -> pages.content(page));
    }

    @Override
    public List<SavedVersion> savedAlone(PageId page) {
      return ask(guard, () -> pages.savedAlone(page));
    }

    @Override
    public boolean publish(PageId page, SavedVersion version, long takenOver) {
      return ask(guard, () -> pages.publish(page, version, takenOver));
    }

    @Override
    public Registration onDeleted(Consumer<PageId> listener) {
      return pages.onDeleted(listener);
    }
  }

  private record HostSignIns(SignIns signIns, Guard guard) implements SignIns {

    @Override
    public Optional<SignInId> signIn(HttpServletRequest request) {
      return signIns.signIn(request);
    }

    @Override
    public Set<SignInId> holding(Set<SignInId> asked) {
      return ask(guard, () -> signIns.holding(asked));
    }
  }

  private record HostAccess(AccessControl access, Guard guard) implements AccessControl {

    @Override
    public Access access(PageId page, UserId user) {
      return ask(guard, () -> access.access(page, user));
    }

    @Override
    public Registration onChange(Consumer<AccessChange> listener) {
      return access.onChange(listener);
    }
  }
}
