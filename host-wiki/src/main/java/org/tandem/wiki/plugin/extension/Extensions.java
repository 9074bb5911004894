package org.tandem.wiki.plugin.extension;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Format;
import org.tandem.api.document.format.Formats;
import org.tandem.api.document.format.Looks;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.exchange.Exporter;
import org.tandem.api.exchange.Importer;
import org.tandem.api.exchange.SearchText;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Pages;
import org.tandem.api.host.Registration;
import org.tandem.api.host.Users;
import org.tandem.wiki.content.SearchSources;
import org.tandem.wiki.exchange.Exchange;

/**
 * What the running plugins add to editing, as an immutable snapshot that is replaced when one comes
 * or goes.
 *
 * <p>Life cycle: ready when constructed, by a thread that runs no plugin's code; checks are asked
 * once {@link #know} was called; {@link #close} ends its threads. After a registration is closed
 * nothing here reaches the plugin's objects any more, but for a call that is under way.
 *
 * <p>Threads: safe for use by any thread.
 */
public final class Extensions implements Hooks, AutoCloseable {

  /** What all checks of one change may take, in milliseconds. */
  public static final long CHECK_MILLIS = 100;

  private record Snapshot(
      Formats formats,
      Map<Format, Hook<DeclaredFormat>> declared,
      List<Hook<ChangeCheck>> checks,
      List<ListenerQueue> queues,
      List<Hook<?>> all) {

    static final Snapshot EMPTY =
        new Snapshot(Formats.builtIn(), Map.of(), List.of(), List.of(), List.of());
  }

  private final LongSupplier millis;
  private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
  private final HookThreads threads = new HookThreads();
  private final Showing showing = new Showing(threads);
  private final Notices notices = new Notices();
  private final HookThreads exchangeThreads = new HookThreads("exchange");
  private final Exchange exchange = exchange(Exchanging.MOST_MILLIS);
  private final Searching searching =
      new Searching(threads, () -> this.snapshot.all(), this::shown);

  /** All that is registered, in order; guarded by this, as is the next. */
  private final List<Hook<?>> registered = new ArrayList<>();

  private final Map<PluginHooks, ListenerQueue> queues = new HashMap<>();
  private volatile Snapshot snapshot = Snapshot.EMPTY;
  private volatile @Nullable People people;

  public Extensions() {
    this(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  /**
   * @param millis a monotone clock, by which hooks are off for a while
   */
  public Extensions(LongSupplier millis) {
    this.millis = millis;
  }

  /** Whom checks are told of as a change's author. */
  public void know(Users users, Pages pages, AccessControl access) {
    people = new People(users, pages, access);
  }

  /** Counts hooks in these figures too. */
  public void count(MeterRegistry registry) {
    meters.add(registry);
  }

  // --- what plugins register --------------------------------------------------------------------

  /**
   * @throws IllegalArgumentException as {@link
   *     org.tandem.api.plugin.PluginContext#register(DeclaredFormat)}
   */
  public Registration register(String plugin, DeclaredFormat format) {
    String name = format.format().name();
    if (!name.equals(plugin) && !name.startsWith(plugin + "-")) {
      throw new IllegalArgumentException(
          "The format " + name + " is named neither " + plugin + " nor " + plugin + "-...");
    }
    return add(plugin, owner -> hook(owner, HookKind.FORMAT, name, 0, format));
  }

  public Registration register(String plugin, ChangeCheck check) {
    return add(plugin, owner -> hook(owner, HookKind.CHECK, check.name(), check.order(), check));
  }

  public Registration register(String plugin, ChangeListener listener) {
    return add(plugin, owner -> hook(owner, HookKind.LISTENER, listener.name(), 0, listener));
  }

  /**
   * @throws IllegalArgumentException as {@link
   *     org.tandem.api.plugin.PluginContext#register(Exporter)}
   */
  public Registration register(String plugin, Exporter exporter) {
    Offered.OfExport offered = Offered.OfExport.of(plugin, exporter);
    return add(plugin, owner -> hook(owner, HookKind.EXPORTER, offered.form().name(), 0, offered));
  }

  /**
   * @throws IllegalArgumentException as {@link
   *     org.tandem.api.plugin.PluginContext#register(Importer)}
   */
  public Registration register(String plugin, Importer importer) {
    Offered.OfImport offered = Offered.OfImport.of(plugin, importer);
    return add(plugin, owner -> hook(owner, HookKind.IMPORTER, offered.form().name(), 0, offered));
  }

  /**
   * @throws IllegalArgumentException as {@link
   *     org.tandem.api.plugin.PluginContext#register(SearchText)}
   */
  public Registration register(String plugin, SearchText words) {
    Offered.OfSearch offered = Offered.OfSearch.of(words);
    return add(plugin, owner -> hook(owner, HookKind.SEARCH_TEXT, words.name(), 0, offered));
  }

  /** What the plugin registers from now on is of this version of it. */
  public void version(String plugin, String version) {
    searching.version(plugin, version);
  }

  private <T> Hook<T> hook(PluginHooks owner, HookKind kind, String name, int order, T code) {
    return new Hook<>(owner, kind, name, order, code, new Fuse(millis));
  }

  private synchronized Registration add(String plugin, Function<PluginHooks, Hook<?>> make) {
    PluginHooks owner =
        registered.stream()
            .map(Hook::plugin)
            .filter(known -> known.id().equals(plugin))
            .findFirst()
            .orElseGet(() -> new PluginHooks(plugin, millis, meters));
    Hook<?> hook = make.apply(owner);
    if (registered.stream().anyMatch(hook::isNamedLike)) {
      throw new IllegalArgumentException(
          "The plugin has an " + hook.kind().word() + " " + hook.name() + " already");
    }
    List<Hook<?>> more = new ArrayList<>(registered);
    more.add(hook);
    // It may refuse: only then is anything noted.
    Formats formats = formats(more);
    registered.add(hook);
    queue(hook)
        .ifPresent(queue -> queue.add(Objects.requireNonNull(hook.as(ChangeListener.class))));
    renew(formats);
    return new Taken(hook);
  }

  /** Forgets the hook itself once it is closed, as the plugin may keep its registration. */
  private final class Taken implements Registration {

    private @Nullable Hook<?> hook;

    Taken(Hook<?> hook) {
      this.hook = hook;
    }

    @Override
    public synchronized void close() {
      if (hook != null) {
        remove(hook);
        hook = null;
      }
    }
  }

  private synchronized void remove(Hook<?> hook) {
    registered.removeIf(other -> other == hook);
    queue(hook)
        .ifPresent(
            queue -> {
              queue.remove(Objects.requireNonNull(hook.as(ChangeListener.class)));
              if (queue.isEmpty()) {
                queues.remove(hook.plugin());
              }
            });
    renew(formats(registered));
    threads.renew();
    exchangeThreads.renew();
  }

  private Optional<ListenerQueue> queue(Hook<?> hook) {
    return hook.kind() == HookKind.LISTENER
        ? Optional.of(
            queues.computeIfAbsent(
                hook.plugin(), owner -> new ListenerQueue(owner, threads, notices)))
        : Optional.empty();
  }

  private static Formats formats(List<Hook<?>> hooks) {
    Formats formats = Formats.builtIn();
    for (Hook<?> hook : hooks) {
      if (hook.code() instanceof DeclaredFormat declared) {
        formats = formats.with(declared);
      }
    }
    return formats;
  }

  private void renew(Formats formats) {
    Map<Format, Hook<DeclaredFormat>> declared = new HashMap<>();
    of(DeclaredFormat.class).forEach(hook -> declared.put(hook.code().format(), hook));
    List<Hook<ChangeCheck>> checks =
        of(ChangeCheck.class)
            .sorted(
                Comparator.<Hook<ChangeCheck>>comparingInt(Hook::order)
                    .thenComparing(hook -> hook.plugin().id()))
            .toList();
    snapshot =
        new Snapshot(
            formats,
            Map.copyOf(declared),
            checks,
            List.copyOf(queues.values()),
            List.copyOf(registered));
    searching.renew();
  }

  private <T> Stream<Hook<T>> of(Class<T> kind) {
    return registered.stream().flatMap(hook -> Stream.ofNullable(hook.as(kind)));
  }

  // --- what editing asks ------------------------------------------------------------------------

  @Override
  public Formats formats() {
    return snapshot.formats();
  }

  /** How the plugins' formats in this document look; waits for plugins, at most about a second. */
  public Looks looks(Delta document) {
    return shown(document).looks();
  }

  private Showing.Shown shown(Delta document) {
    Snapshot now = snapshot;
    return now.declared().isEmpty()
        ? Showing.Shown.PLAIN
        : showing.of(
            document,
            (name, embed) ->
                (embed ? now.formats().embed(name) : now.formats().attribute(name))
                    .map(now.declared()::get)
                    .orElse(null));
  }

  /** What plugins add to the words by which pages are found. */
  public SearchSources search() {
    return searching;
  }

  /** Their exporters and importers. */
  public Exchange exchange() {
    return exchange;
  }

  /** The same with another time for a call. */
  final Exchange exchange(long mostMillis) {
    return new Exchanging(
        exchangeThreads,
        () -> all(Offered.OfExport.class),
        () -> all(Offered.OfImport.class),
        this::formats,
        mostMillis);
  }

  private <T> List<Hook<T>> all(Class<T> kind) {
    return snapshot.all().stream().flatMap(hook -> Stream.ofNullable(hook.as(kind))).toList();
  }

  @Override
  public boolean checks(PageId page) {
    return !on(page).isEmpty();
  }

  private List<Hook<ChangeCheck>> on(PageId page) {
    List<Hook<ChangeCheck>> all = snapshot.checks();
    for (Hook<ChangeCheck> check : all) {
      if (!check.isOn(page)) {
        return all.stream().filter(other -> other.isOn(page)).toList();
      }
    }
    return all;
  }

  @Override
  public void check(ProposedChange change, Consumer<Verdict> answer) {
    List<Hook<ChangeCheck>> checks = on(change.page());
    People known = people;
    if (checks.isEmpty()) {
      answer.accept(new Verdict.Accepted());
    } else if (known == null
        || !threads.run(new CheckTurn(CHECK_MILLIS, checks, known, change, notices, answer))) {
      answer.accept(new Verdict.Unknown(CheckTurn.AWAY));
    }
  }

  @Override
  public boolean listens() {
    return !snapshot.queues().isEmpty();
  }

  @Override
  public void ordered(List<PageChange> changes) {
    tell(changes.stream().map(Event.Ordered::new).toList());
  }

  @Override
  public void committed(List<PageChange> changes) {
    tell(changes.stream().map(Event.Committed::new).toList());
  }

  @Override
  public void missed(PageId page, long from, long to) {
    tell(List.of(Event.Missed.of(page, from, to)));
  }

  private void tell(List<? extends Event> events) {
    snapshot.queues().forEach(queue -> queue.offer(events));
  }

  @Override
  public List<Notice> notices(PageId page) {
    Snapshot now = snapshot;
    List<Notice> notices = new ArrayList<>();
    now.checks().stream()
        .filter(check -> !check.isOn(page))
        .forEach(check -> notices.add(Notices.of(check, page)));
    return notices;
  }

  @Override
  public Registration onNotice(Consumer<Notice> listener) {
    return notices.listen(listener);
  }

  // --- what the admin sees ----------------------------------------------------------------------

  /** What a plugin has registered and how that fares. */
  public PluginView of(String plugin) {
    List<Hook<?>> all;
    synchronized (this) {
      all = registered.stream().filter(hook -> hook.plugin().id().equals(plugin)).toList();
    }
    return PluginView.of(all);
  }

  @Override
  public void close() {
    threads.close();
    exchangeThreads.close();
    meters.close();
  }
}
