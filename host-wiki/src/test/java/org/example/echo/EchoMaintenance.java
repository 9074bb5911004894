package org.example.echo;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.MaintenanceReport;
import org.tandem.api.plugin.MaintenanceRun;
import org.tandem.api.plugin.PluginRefusal;

/** Maintenance that ends in each way that one can end in. */
public record EchoMaintenance(String name, Optional<String> argument, Deed deed)
    implements Maintenance {

  /** What a run does. */
  @FunctionalInterface
  interface Deed {
    MaintenanceReport of(MaintenanceRun run) throws PluginRefusal;
  }

  static List<Maintenance> all() {
    return List.of(
        new EchoMaintenance("say-again", Optional.of("what to say"), EchoMaintenance::sayAgain),
        new EchoMaintenance("go-on", Optional.empty(), EchoMaintenance::goOn),
        new EchoMaintenance("find", Optional.empty(), run -> MaintenanceReport.bad("Damage.")),
        new EchoMaintenance("refuse", Optional.empty(), EchoMaintenance::refuse),
        new EchoMaintenance("break", Optional.empty(), EchoMaintenance::fail));
  }

  /** A fit one among names that cannot be a command's, and a second one with its name. */
  static List<Maintenance> unfit() {
    return Stream.of("Unfit Name", "help", "-x", "a--b", "", "x".repeat(41), "fit-1", "fit-1")
        .<Maintenance>map(
            name -> new EchoMaintenance(name, Optional.empty(), EchoMaintenance::sayAgain))
        .toList();
  }

  @Override
  public String title() {
    return "Title of " + name;
  }

  @Override
  public String description() {
    return "Does <b>" + name + "</b>.";
  }

  @Override
  public MaintenanceReport run(MaintenanceRun run) throws PluginRefusal {
    return deed.of(run);
  }

  private static MaintenanceReport sayAgain(MaintenanceRun run) {
    run.progress("Saying <it>.");
    Thread thread = Thread.currentThread();
    return MaintenanceReport.good(
        run.argument().orElse("Nothing to say."),
        "word " + run.settings().get("echo.word").orElse("not set"),
        "own classes " + (thread.getContextClassLoader() == EchoMaintenance.class.getClassLoader()),
        "database " + (answers(run.database().url()) ? "answers" : "is away"));
  }

  private static boolean answers(String url) {
    URI place = URI.create(url.substring("jdbc:".length()));
    try (Socket socket = new Socket(place.getHost(), place.getPort())) {
      return socket.isConnected();
    } catch (IOException away) {
      return false;
    }
  }

  /** Until it is cancelled. */
  private static MaintenanceReport goOn(MaintenanceRun run) {
    List<String> done = new ArrayList<>();
    run.progress("Going on.");
    while (!run.cancelled()) {
      LockSupport.parkNanos(10_000_000);
    }
    done.add("Done in part.");
    return new MaintenanceReport(true, done);
  }

  private static MaintenanceReport refuse(MaintenanceRun run) throws PluginRefusal {
    throw PluginRefusal.ofPlugin("Ask for something else.");
  }

  private static MaintenanceReport fail(MaintenanceRun run) {
    throw new IllegalStateException("secret detail");
  }
}
