package org.tandem.wiki;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.tandem.wiki.settings.StartRefusal;
import org.tandem.wiki.settings.WikiSettings;

/**
 * The program: starts the wiki, tells how to use it, and ends it on a signal; with arguments, runs
 * a command of a plugin.
 */
public final class Main {

  private static final int REFUSED = 2;
  private static final int FAILED = 1;
  private static final long START_SECONDS = 60;

  private Main() {}

  /**
   * The system property {@code tandem.home} names the distribution folder, by default the working
   * directory.
   */
  public static void main(String[] args) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    if (args.length > 0) {
      command(List.of(args));
    } else {
      serve();
    }
  }

  /** Ctrl-C cancels it, and waits for it: a database that was started for it ends with it. */
  private static void command(List<String> words) {
    Command command = new Command(words, System.out, System.err);
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cancel(command, code), "cancel"));
    code.complete(command.run(home(), System.getenv()));
    System.exit(code.join());
  }

  private static void cancel(Command command, CompletableFuture<Integer> code) {
    command.cancel();
    try {
      code.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException stuck) {
      System.err.println("The command did not end within " + START_SECONDS + " s.");
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("tandem.home", "")).toAbsolutePath();
  }

  private static void serve() {
    CompletableFuture<Wiki> start = new CompletableFuture<>();
    AtomicBoolean ending = new AtomicBoolean();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(start, ending), "end"));
    try {
      WikiSettings settings = WikiSettings.read(home(), System.getenv());
      LogFile.openBelow(settings.data());
      Wiki wiki = Wiki.start(settings);
      System.out.println(wiki.welcome().text());
      start.complete(wiki);
    } catch (StartRefusal | RuntimeException | Error failure) {
      // A start that a signal has cut short fails somewhere; that is no news.
      int code = ending.get() ? FAILED : explain(failure);
      start.completeExceptionally(failure);
      System.exit(code);
    }
  }

  private static int explain(Throwable failure) {
    if (failure instanceof StartRefusal) {
      System.err.println(failure.getMessage());
      return REFUSED;
    }
    LoggerFactory.getLogger(Main.class).error("The wiki failed at its start", failure);
    System.err.println("The wiki failed at its start, and its log says why: " + failure);
    return FAILED;
  }

  /** A signal during the start waits for it, so that no database is left running. */
  private static void end(CompletableFuture<Wiki> start, AtomicBoolean ending) {
    if (start.isCompletedExceptionally()) {
      return;
    }
    ending.set(true);
    try {
      start.get(START_SECONDS, TimeUnit.SECONDS).close();
    } catch (ExecutionException cutShort) {
      // What had begun was ended where it failed.
    } catch (TimeoutException stuck) {
      System.err.println("The start did not end within " + START_SECONDS + " s.");
      return;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return;
    }
    System.out.println("Stopped.");
  }
}
