package org.tandem.wiki.content;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

/** What documents and plugins say to the wiki's own saves. Threads: safe for use by any thread. */
final class Checks {

  /** A check answers within 100 ms once its turn has come. */
  private static final long PATIENCE_MILLIS = 2_000;

  private final Hooks hooks;
  private final DocumentCheck documents;

  Checks(Hooks hooks) {
    this.hooks = hooks;
    this.documents = new DocumentCheck(hooks::formats);
  }

  /** Why nothing can begin with this document; empty when it can. */
  Optional<String> ofWhole(Delta document) {
    return reason(documents.checkDocument(document));
  }

  /** Why a document cannot be changed so; empty when it can. */
  Optional<String> ofChange(Delta document, Delta change) {
    return reason(documents.check(document, change));
  }

  private static Optional<String> reason(DocumentCheck.Verdict verdict) {
    return verdict instanceof DocumentCheck.Verdict.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  /** Whether plugins have to be asked; a call that may wait, and so is made in no transaction. */
  boolean askPlugins(PageId page) {
    return hooks.checks(page);
  }

  /** What plugins have against a save; empty when nothing. Waits for them. */
  Optional<SaveOutcome> ofPlugins(PageId page, UserId author, PageContent base, Delta change) {
    CompletableFuture<Hooks.Verdict> answer = new CompletableFuture<>();
    hooks.check(
        new ProposedChange(
            page,
            author,
            base.rev(),
            LiveDocument.of(base.document()),
            change,
            ProposedChange.Manner.SAVED),
        answer::complete);
    Hooks.Verdict verdict = verdict(answer);
    if (verdict instanceof Hooks.Verdict.Refused refused) {
      return Optional.of(new SaveOutcome.Refused(refused.reason()));
    }
    return verdict instanceof Hooks.Verdict.Unknown unknown
        ? Optional.of(new SaveOutcome.Unavailable(unknown.reason()))
        : Optional.empty();
  }

  private static Hooks.Verdict verdict(CompletableFuture<Hooks.Verdict> answer) {
    try {
      return answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      return new Hooks.Verdict.Unknown("");
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return new Hooks.Verdict.Unknown("");
    }
  }

  /** A save has its place. */
  void ordered(PageId page, UserId author, long rev, Delta change) {
    if (hooks.listens()) {
      hooks.ordered(List.of(new PageChange(page, rev, author, change)));
    }
  }

  /** A save is stored. */
  void committed(PageId page, UserId author, long rev, Delta change) {
    if (hooks.listens()) {
      hooks.committed(List.of(new PageChange(page, rev, author, change)));
    }
  }
}
