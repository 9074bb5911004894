package org.tandem.wiki.plugin.extension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.PageId;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.hook.Turn;

/**
 * One call of an exporter or importer, for whose answer somebody waits.
 *
 * @param <C> whose code it is
 * @param <T> what the code answers with
 */
final class ExchangeTurn<C, T> extends Turn {

  /** Characters of what a plugin throws that are told. */
  private static final int TOLD = 200;

  /** What is called. */
  interface Call<C, T> {
    @Nullable T of(C code) throws IOException;
  }

  /** How the call ended. */
  sealed interface End<T> {

    record Answered<T>(T answer) implements End<T> {}

    /**
     * @param how goes on after the name of what was called
     * @param told whether that is for people too: what a plugin throws is for its author
     */
    record Faulty<T>(String how, boolean told) implements End<T> {}
  }

  private final Hook<C> hook;
  private final PageId page;
  private final Call<C, T> call;
  private final CompletableFuture<End<T>> answer = new CompletableFuture<>();

  /**
   * @param page where it is left out after repeated faults
   */
  ExchangeTurn(long mostMillis, Hook<C> hook, PageId page, Call<C, T> call) {
    super(mostMillis);
    this.hook = hook;
    this.page = page;
    this.call = call;
  }

  /** Whoever waits may give up by cancelling it: then the call is not made, if it has not begun. */
  CompletableFuture<End<T>> answer() {
    return answer;
  }

  @Override
  protected boolean prepare() {
    return !answer.isDone();
  }

  @Override
  protected void work() {
    End<T> ended;
    try {
      T said = within(hook, () -> called(hook.code()));
      ended = said == null ? new End.Faulty<>("gave no answer", true) : new End.Answered<>(said);
    } catch (UncheckedIOException unreadable) {
      ended = new End.Faulty<>(threw(unreadable.getCause()), false);
    } catch (Throwable fault) {
      ended = new End.Faulty<>(threw(fault), false);
    }
    if (done()) {
      if (ended instanceof End.Answered<T>) {
        hook.fuse().succeeded(page);
      }
      answer.complete(ended);
    }
  }

  private @Nullable T called(C code) {
    try {
      return call.of(code);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** In one line, whatever the plugin has written. */
  private static String threw(Throwable fault) {
    String line = ("threw " + fault).replaceAll("\\p{Cntrl}+", " ");
    return line.length() > TOLD ? line.substring(0, TOLD) + "…" : line;
  }

  @Override
  protected void late() {
    if (blamed() != null) {
      hook.fuse().failed(page);
    }
    answer.complete(new End.Faulty<>("took longer than " + mostMillis() + " ms", true));
  }
}
