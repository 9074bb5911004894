package org.tandem.collab.runtime;

import java.util.concurrent.CompletableFuture;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ErrorCode;

/** A save in one piece that waits for its place. */
final class HostSave implements Author {

  private final CompletableFuture<SaveOutcome> outcome = new CompletableFuture<>();

  CompletableFuture<SaveOutcome> outcome() {
    return outcome;
  }

  @Override
  public void committed(Revision revision) {
    outcome.complete(new SaveOutcome.Saved(revision.rev()));
  }

  @Override
  public void repeated(long seq, long rev) {
    outcome.complete(new SaveOutcome.Saved(rev));
  }

  @Override
  public void refused(long seq, ErrorCode code, String reason) {
    outcome.complete(
        switch (code) {
          case FORBIDDEN -> new SaveOutcome.Forbidden();
          case BAD_DELTA, TOO_LARGE -> new SaveOutcome.Refused(reason);
          case STALE_REVISION -> new SaveOutcome.Stale(0);
          default -> new SaveOutcome.Unavailable();
        });
  }

  @Override
  public void refusedInDoubt(long seq, ErrorCode code, String reason) {
    uncertain();
  }

  @Override
  public void uncertain() {
    outcome.complete(new SaveOutcome.Unavailable());
  }
}
