package org.tandem.wiki.plugin.extension;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.document.format.Formats;
import org.tandem.api.document.format.Looks;
import org.tandem.api.exchange.Importer;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.wiki.exchange.Exchange;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.hook.HookThreads;
import org.tandem.wiki.plugin.hook.Offered;

/**
 * Has the plugins' exporters and importers called, on threads of their own: a check of a change
 * does not wait behind an export.
 */
final class Exchanging implements Exchange {

  private static final Logger LOG = LoggerFactory.getLogger(Exchanging.class);

  /** What one call may take. */
  static final long MOST_MILLIS = 10_000;

  /** Until the turn of a call comes. */
  private static final long PATIENCE_MILLIS = 5_000;

  /** Calls under way or waiting; each holds a file in memory, and a thread that serves requests. */
  private static final int AT_ONCE = 8;

  private final HookThreads threads;
  private final Supplier<List<Hook<Offered.OfExport>>> exporters;
  private final Supplier<List<Hook<Offered.OfImport>>> importers;
  private final DocumentCheck check;
  private final long mostMillis;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /**
   * @param mostMillis what one call may take
   */
  Exchanging(
      HookThreads threads,
      Supplier<List<Hook<Offered.OfExport>>> exporters,
      Supplier<List<Hook<Offered.OfImport>>> importers,
      Supplier<Formats> formats,
      long mostMillis) {
    this.threads = threads;
    this.exporters = exporters;
    this.importers = importers;
    this.check = new DocumentCheck(formats);
    this.mostMillis = mostMillis;
  }

  @Override
  public List<ExportForm> exporters() {
    return byPlugin(exporters.get()).stream().map(hook -> hook.code().form()).toList();
  }

  @Override
  public List<ImportForm> importers() {
    return byPlugin(importers.get()).stream().map(hook -> hook.code().form()).toList();
  }

  private static <T> List<Hook<T>> byPlugin(List<Hook<T>> hooks) {
    return hooks.stream().sorted(Comparator.comparing(hook -> hook.plugin().id())).toList();
  }

  private static <T> Optional<Hook<T>> find(List<Hook<T>> hooks, String plugin, String name) {
    return hooks.stream()
        .filter(hook -> hook.plugin().id().equals(plugin) && hook.name().equals(name))
        .findFirst();
  }

  @Override
  public Exported export(String plugin, String name, Page page, PageContent content, Looks looks) {
    Hook<Offered.OfExport> hook = find(exporters.get(), plugin, name).orElse(null);
    if (hook == null) {
      return new Exported.NotDone(new Failure(Obstacle.UNKNOWN, ""));
    }
    BoundedOutput out = new BoundedOutput(MOST_EXPORTED);
    Ended<Boolean> ended =
        call(
            hook,
            page.id(),
            offered -> {
              try {
                offered.code().export(page, content, looks, out);
              } catch (IOException | RuntimeException fault) {
                if (!out.isOver()) {
                  throw fault;
                }
              }
              return true;
            });
    out.end();
    if (out.isOver()) {
      return new Exported.NotDone(
          fault(hook, "wrote more than " + MOST_EXPORTED / 1024 / 1024 + " MB", true));
    } else if (ended.failure() != null) {
      return new Exported.NotDone(ended.failure());
    }
    return new Exported.Done(hook.code().form(), out.written());
  }

  @Override
  public Imported read(String plugin, String name, byte[] file, String fileName) {
    Hook<Offered.OfImport> hook = find(importers.get(), plugin, name).orElse(null);
    if (hook == null) {
      return new Imported.NotDone(new Failure(Obstacle.UNKNOWN, ""));
    }
    Ended<Imported> ended =
        call(hook, Hook.NO_PAGE, offered -> made(offered.code().read(file, fileName)));
    if (ended.failure() != null) {
      return new Imported.NotDone(ended.failure());
    }
    Imported made = Objects.requireNonNull(ended.answer());
    return made instanceof Imported.NotDone not
        ? new Imported.NotDone(fault(hook, not.failure().how(), true))
        : made;
  }

  /** What an importer made, without objects of its own, which it could change afterwards. */
  private @Nullable Imported made(Importer.@Nullable Outcome outcome) {
    if (outcome instanceof Importer.Outcome.Imported read) {
      DeltaJson.Parsed copy = DeltaJson.fromPlain(DeltaJson.toPlain(read.document()));
      return copy instanceof DeltaJson.Parsed.Valid valid
          ? checked(Objects.requireNonNull(read.title()), valid.delta())
          : broken(((DeltaJson.Parsed.Malformed) copy).reason());
    }
    return outcome instanceof Importer.Outcome.Refused refused
        ? new Imported.Refused(refused.reason())
        : null;
  }

  private Imported checked(String title, Delta document) {
    return check.checkDocument(document) instanceof DocumentCheck.Verdict.Refused refused
        ? broken(refused.reason())
        : new Imported.Done(title, document);
  }

  private static Imported broken(String rule) {
    return new Imported.NotDone(
        new Failure(Obstacle.FAULT, "made a document that breaks a rule: " + rule));
  }

  /** One of them is null. */
  private record Ended<T>(@Nullable T answer, @Nullable Failure failure) {

    static <T> Ended<T> not(Obstacle obstacle) {
      return new Ended<>(null, new Failure(obstacle, ""));
    }
  }

  private <C, T> Ended<T> call(Hook<C> hook, PageId page, ExchangeTurn.Call<C, T> call) {
    if (!hook.isOn(page)) {
      return Ended.not(Obstacle.OFF);
    } else if (!places.tryAcquire()) {
      return Ended.not(Obstacle.BUSY);
    }
    try {
      return ended(hook, new ExchangeTurn<>(mostMillis, hook, page, call));
    } finally {
      places.release();
    }
  }

  private <C, T> Ended<T> ended(Hook<C> hook, ExchangeTurn<C, T> turn) {
    if (!threads.run(turn)) {
      return Ended.not(Obstacle.BUSY);
    }
    try {
      ExchangeTurn.End<T> end =
          turn.answer().get(mostMillis + PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (end instanceof ExchangeTurn.End.Answered<T> answered) {
        return new Ended<>(answered.answer(), null);
      }
      var faulty = (ExchangeTurn.End.Faulty<T>) end;
      return new Ended<>(null, fault(hook, faulty.how(), faulty.told()));
    } catch (TimeoutException | ExecutionException late) {
      turn.answer().cancel(false);
      return Ended.not(Obstacle.BUSY);
    } catch (InterruptedException hurry) {
      turn.answer().cancel(false);
      Thread.currentThread().interrupt();
      return Ended.not(Obstacle.BUSY);
    }
  }

  private static Failure fault(Hook<?> hook, String how, boolean told) {
    hook.plugin().figures(hook.kind()).failed();
    LOG.warn(
        "The {} {} of the plugin {} {}", hook.kind().word(), hook.name(), hook.plugin().id(), how);
    return new Failure(Obstacle.FAULT, told ? how : "");
  }
}
