package org.tandem.wiki.plugin.extension;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.Documents;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.editor.EditorConnection;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Pages;
import org.tandem.api.host.Registration;
import org.tandem.api.host.SavedVersion;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.api.host.Users;

/** Extensions with a clock that the test moves, and one person. */
final class TestHooks implements AutoCloseable {

  static final User ANNA = new User(UserId.random(), "Anna", "#112233", false);
  private static final long PATIENCE_SECONDS = 20;

  /** A busy machine can keep a thread from its work for longer than a wiki waits for a plugin. */
  static final Times PATIENT = new Times(1_500, 1_500, 1_500);

  final AtomicLong millis = new AtomicLong();
  final Extensions extensions = new Extensions(PATIENT, millis::get);

  TestHooks() {
    extensions.know(new AnnaAlone(), new Nowhere(), new Everybody());
  }

  private static final class AnnaAlone implements Users {

    @Override
    public Optional<User> user(UserId user) {
      return Optional.of(ANNA).filter(anna -> anna.id().equals(user));
    }

    @Override
    public List<User> named(String beginning, int most) {
      return ANNA.name().startsWith(beginning) ? List.of(ANNA) : List.of();
    }

    @Override
    public List<User> named(String beginning, User after, int most) {
      return List.of();
    }
  }

  private static final class Everybody implements AccessControl {

    @Override
    public Access access(PageId page, UserId user) {
      return Access.ADMIN;
    }

    @Override
    public Registration onChange(Consumer<AccessChange> listener) {
      return () -> {};
    }
  }

  private static final class Nowhere implements Pages {

    @Override
    public Optional<Page> page(PageId page) {
      return Optional.empty();
    }

    @Override
    public Optional<PageContent> content(PageId page) {
      return Optional.empty();
    }

    @Override
    public List<SavedVersion> savedAlone(PageId page) {
      return List.of();
    }

    @Override
    public boolean publish(PageId page, SavedVersion version, long takenOver) {
      return false;
    }

    @Override
    public Registration onDeleted(Consumer<PageId> listener) {
      return () -> {};
    }
  }

  static ProposedChange typed(PageId page, String text) {
    return new ProposedChange(
        page,
        ANNA.id(),
        0,
        LiveDocument.of(Documents.EMPTY_PAGE),
        Delta.builder().insert(text).build(),
        ProposedChange.Manner.TYPED);
  }

  static PageChange change(PageId page, long rev) {
    return new PageChange(page, rev, ANNA.id(), Delta.builder().insert("x").build());
  }

  static EditorConnection connection(PageId page) {
    UUID client = UUID.randomUUID();
    return new EditorConnection("here-" + client, client, page, ANNA, Access.EDIT);
  }

  Hooks.Verdict check(PageId page) throws Exception {
    CompletableFuture<Hooks.Verdict> answer = new CompletableFuture<>();
    extensions.check(typed(page, "text"), answer::complete);
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until it is so. */
  static void await(Callable<Boolean> so) {
    Awaitility.await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(so);
  }

  @Override
  public void close() {
    extensions.close();
  }
}
