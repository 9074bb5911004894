package org.tandem.wiki;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Database;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.MaintenanceReport;
import org.tandem.api.plugin.MaintenanceRun;
import org.tandem.api.plugin.Settings;
import org.tandem.wiki.maintenance.Argument;
import org.tandem.wiki.maintenance.Ending;
import org.tandem.wiki.maintenance.MaintainedPlugin;
import org.tandem.wiki.plugin.IdlePlugins;
import org.tandem.wiki.settings.StartRefusal;
import org.tandem.wiki.settings.WikiSettings;

/**
 * The program with arguments: runs a plugin's maintenance on the wiki's database, beside a running
 * wiki or without one, and serves nothing.
 *
 * <p>Life cycle: {@link #run} once, by one thread; {@link #cancel} at any time, by another.
 *
 * <p>After a kill: an embedded database that was started for the command is taken over by the next
 * start of the wiki.
 */
final class Command {

  static final int GOOD = 0;
  static final int NOT_GOOD = 1;
  static final int REFUSED = 2;

  private static final Set<String> HELP = Set.of("help", "--help", "-h");
  private static final long CANCEL_SECONDS = 10;

  private final List<String> words;
  private final PrintStream out;
  private final PrintStream err;
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

  /** A maintenance and the plugin that offers it. */
  private record Known(String plugin, Maintenance maintenance, Settings settings) {

    boolean isMeantBy(String word) {
      return word.equals(maintenance.name()) || word.equals(plugin + "/" + maintenance.name());
    }
  }

  /**
   * @param words the program's arguments, one at least
   * @param out for the report
   * @param err for progress and refusals
   */
  Command(List<String> words, PrintStream out, PrintStream err) {
    this.words = List.copyOf(words);
    this.out = out;
    this.err = err;
  }

  /** Has the run end soon. */
  void cancel() {
    cancelled.complete(null);
  }

  /**
   * @return the program's exit code
   */
  int run(Path home, Map<String, String> environment) {
    LogFile.quietConsole();
    try {
      WikiSettings settings = WikiSettings.read(home, environment);
      LogFile.openForCommand(settings.data());
      Path scratch = Files.createTempDirectory("tandem-command-");
      try {
        return run(
            settings,
            known(IdlePlugins.of(settings.plugins(), settings.data(), scratch, settings.all())));
      } finally {
        delete(scratch);
      }
    } catch (StartRefusal refusal) {
      return refuse(String.valueOf(refusal.getMessage()));
    } catch (IOException | RuntimeException | Error failure) {
      LoggerFactory.getLogger(Command.class).error("The command {} failed", words, failure);
      err.println("The command failed, and its log says why: " + failure);
      return NOT_GOOD;
    }
  }

  private static List<Known> known(List<MaintainedPlugin> plugins) {
    return plugins.stream()
        .flatMap(
            plugin ->
                plugin.maintenance().stream()
                    .map(maintenance -> new Known(plugin.id(), maintenance, plugin.settings())))
        .toList();
  }

  private int run(WikiSettings settings, List<Known> known) throws StartRefusal {
    String word = words.get(0);
    if (HELP.contains(word)) {
      out.println(help(known));
      return GOOD;
    }
    List<Known> meant = known.stream().filter(one -> one.isMeantBy(word)).toList();
    if (meant.isEmpty()) {
      return refuse("There is no command " + word + ": there are help" + list(known) + ".");
    } else if (meant.size() > 1) {
      return refuse(
          "Several plugins have a command "
              + word
              + ": say "
              + meant.stream()
                  .map(one -> one.plugin() + "/" + one.maintenance().name())
                  .collect(Collectors.joining(" or "))
              + ".");
    } else if (words.size() > 2) {
      return refuse(word + " takes one argument at the most: put it into quotes, or leave it out.");
    }
    Maintenance maintenance = meant.get(0).maintenance();
    Argument argument = Argument.of(maintenance, words.size() > 1 ? words.get(1) : "");
    if (argument instanceof Argument.Unusable unusable) {
      return refuse(unusable.reason());
    }
    return run(settings, meant.get(0), ((Argument.Usable) argument).text());
  }

  private int run(WikiSettings settings, Known known, Optional<String> argument)
      throws StartRefusal {
    try (CommandDatabase opened = CommandDatabase.open(settings)) {
      Running run = new Running(opened.database(), known.settings(), argument);
      CompletableFuture<Ending> ending = new CompletableFuture<>();
      Thread thread =
          new Thread(() -> ending.complete(Ending.of(known.maintenance(), run)), "maintenance");
      thread.setDaemon(true);
      thread.start();
      return told(ended(ending));
    }
  }

  /** How it ended; empty when it was cancelled and goes on all the same. */
  private Optional<Ending> ended(CompletableFuture<Ending> ending) {
    CompletableFuture.anyOf(ending, cancelled).join();
    try {
      return Optional.of(ending.get(CANCEL_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException goesOn) {
      return Optional.empty();
    } catch (ExecutionException | InterruptedException never) {
      throw new IllegalStateException(never);
    }
  }

  private int told(Optional<Ending> ending) {
    if (ending.isEmpty()) {
      err.println("The run did not end within " + CANCEL_SECONDS + " s, and is cut short.");
      return NOT_GOOD;
    } else if (ending.get() instanceof Ending.Refused refused) {
      return refuse(refused.sentence());
    } else if (ending.get() instanceof Ending.Failed failed) {
      err.println(failed.sentence());
      return NOT_GOOD;
    }
    MaintenanceReport report = ((Ending.Reported) ending.get()).report();
    report.lines().forEach(out::println);
    out.flush();
    if (cancelled.isDone()) {
      err.println("It was cancelled: the report tells of what was done until then.");
      return NOT_GOOD;
    }
    return report.good() ? GOOD : NOT_GOOD;
  }

  private int refuse(String sentence) {
    err.println(sentence);
    return REFUSED;
  }

  private static String list(List<Known> known) {
    return known.stream().map(one -> ", " + one.maintenance().name()).collect(Collectors.joining());
  }

  private static String help(List<Known> known) {
    List<String> lines = new ArrayList<>();
    lines.add("bin/tandem");
    lines.add("    Starts the wiki.");
    lines.add("bin/tandem help");
    lines.add("    Prints this.");
    for (Known one : known) {
      Maintenance maintenance = one.maintenance();
      lines.add(
          "bin/tandem "
              + maintenance.name()
              + maintenance.argument().map(meaning -> " [argument]").orElse(""));
      lines.add("    " + maintenance.description());
      maintenance.argument().ifPresent(meaning -> lines.add("    argument: " + meaning));
    }
    lines.add("");
    lines.add(
        "The commands work beside a running wiki, and without one. Exit code 0: all is well,");
    lines.add("1: not so, as the report says, or it failed, 2: refused, with one sentence.");
    return String.join(System.lineSeparator(), lines);
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The run as the plugin sees it. */
  private final class Running implements MaintenanceRun {

    private final Database database;
    private final Settings settings;
    private final Optional<String> argument;

    Running(Database database, Settings settings, Optional<String> argument) {
      this.database = database;
      this.settings = settings;
      this.argument = argument;
    }

    @Override
    public Database database() {
      return database;
    }

    @Override
    public Settings settings() {
      return settings;
    }

    @Override
    public Optional<String> argument() {
      return argument;
    }

    @Override
    public void progress(String sentence) {
      err.println(sentence);
    }

    @Override
    public boolean cancelled() {
      return cancelled.isDone();
    }
  }
}
