package org.tandem.wiki;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.tandem.wiki.settings.StartRefusal;
import org.tandem.wiki.settings.WikiSettings;

/** The program: starts the wiki, tells how to use it, and ends it on a signal. */
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
    CompletableFuture<Wiki> start = new CompletableFuture<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(start), "end"));
    try {
      Path home = Path.of(System.getProperty("tandem.home", "")).toAbsolutePath();
      WikiSettings settings = WikiSettings.read(home, System.getenv());
      LogFile.openBelow(settings.data());
      Wiki wiki = Wiki.start(settings);
      System.out.println(wiki.welcome().text());
      start.complete(wiki);
    } catch (StartRefusal refused) {
      start.completeExceptionally(refused);
      System.err.println(refused.getMessage());
      System.exit(REFUSED);
    } catch (RuntimeException | Error failure) {
      start.completeExceptionally(failure);
      log().error("The wiki failed at its start", failure);
      System.err.println("The wiki failed at its start, and its log says why: " + failure);
      System.exit(FAILED);
    }
  }

  /** A signal during the start waits for it, so that no database is left running. */
  private static void end(CompletableFuture<Wiki> start) {
    try {
      Wiki wiki = start.get(START_SECONDS, TimeUnit.SECONDS);
      wiki.close();
      System.out.println("Stopped.");
    } catch (ExecutionException refused) {
      // Nothing runs, and it was said why.
      return;
    } catch (TimeoutException stuck) {
      System.err.println("The start did not end within " + START_SECONDS + " s.");
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** Not a constant: the first line would be written before the log file is known. */
  private static Logger log() {
    return LoggerFactory.getLogger(Main.class);
  }
}
