package org.tandem.collab;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.DocumentHash;
import org.tandem.api.editor.PageAuthority;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.runtime.Node;

/** Gives the wiki the newest content and takes its saves in, as changes among the others. */
final class Authority implements PageAuthority {

  /** A save asks the page twice, and the host waits 10 s. */
  private static final long SECONDS = 4;

  private final Node node;
  private final OperationLog log;
  private final AccessControl access;

  Authority(Node node, OperationLog log, AccessControl access) {
    this.node = node;
    this.log = log;
    this.access = access;
  }

  @Override
  public Optional<PageContent> current(PageId page) {
    return answer(node.current(page)).map(at -> new PageContent(at.rev(), at.document()));
  }

  @Override
  public Optional<PageContent> at(PageId page, long rev) {
    return log.documentAt(page, rev).map(document -> new PageContent(rev, document));
  }

  @Override
  public SaveOutcome save(PageId page, UserId author, long baseRev, Delta document) {
    try {
      return tryToSave(page, author, baseRev, document);
    } catch (LogUnavailable away) {
      return new SaveOutcome.Unavailable();
    }
  }

  private SaveOutcome tryToSave(PageId page, UserId author, long baseRev, Delta document) {
    if (!access.access(page, author).allows(Access.EDIT)) {
      return new SaveOutcome.Forbidden();
    }
    Optional<PageContent> head = current(page);
    if (head.isEmpty()) {
      return new SaveOutcome.Forbidden();
    }
    Optional<Delta> base =
        baseRev == head.get().rev()
            ? Optional.of(head.get().document())
            : log.documentAt(page, baseRev);
    if (base.isEmpty()) {
      return new SaveOutcome.Stale(head.get().rev());
    }
    Delta change = base.get().diff(document);
    if (change.isEmpty()) {
      return new SaveOutcome.Saved(baseRev);
    }
    Submission submission =
        new Submission(
            client(page, author, baseRev, document),
            1,
            author,
            baseRev,
            List.of(change),
            Manner.SAVED);
    SaveOutcome outcome = answer(node.save(page, submission));
    return outcome instanceof SaveOutcome.Stale ? new SaveOutcome.Stale(head.get().rev()) : outcome;
  }

  /** The same for the same save, so that one that is repeated is not entered twice. */
  private static ClientId client(PageId page, UserId author, long baseRev, Delta document) {
    String save = page + " " + author + " " + baseRev + " " + DocumentHash.of(document);
    return new ClientId(UUID.nameUUIDFromBytes(save.getBytes(StandardCharsets.UTF_8)));
  }

  private static <T> T answer(CompletableFuture<T> future) {
    try {
      return future.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new LogUnavailable("the page did not answer", failed.getCause());
    } catch (TimeoutException late) {
      throw new LogUnavailable("the page did not answer within " + SECONDS + " s", late);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new LogUnavailable("interrupted", hurry);
    }
  }
}
