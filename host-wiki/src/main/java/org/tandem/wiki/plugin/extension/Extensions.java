package org.tandem.wiki.plugin.extension;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Formats;
import org.tandem.api.document.format.Looks;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.ConnectionListener;
import org.tandem.api.editor.EditorConnection;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.PageMessageListener;
import org.tandem.api.editor.PageMessages;
import org.tandem.api.editor.PresenceField;
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
@SuppressWarnings("overloads") // As PluginContext has them.
public final class Extensions implements Hooks, AutoCloseable {

  /** What all checks of one change may take, in milliseconds. */
  public static final long CHECK_MILLIS = 100;

  private final LongSupplier millis;
  private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
  private final HookThreads threads = new HookThreads();
  private final Showing showing = new Showing(threads);
  private final Notices notices = new Notices();

  /** No listener and no rendering keeps a change waiting. */
  private final HookThreads checkThreads = new HookThreads("checks");

  private final HookThreads exchangeThreads = new HookThreads("exchange");
  private final Exchange exchange = exchange(Exchanging.MOST_MILLIS);
  private final Searching searching =
      new Searching(threads, () -> this.snapshot.all(), this::shown);
  private final Messages messages;

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
    this.messages = new Messages(millis);
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
    checkName("format", name, plugin);
    return add(plugin, owner -> hook(owner, HookKind.FORMAT, name, 0, format));
  }

  private static void checkName(String what, String name, String plugin) {
    if (!name.equals(plugin) && !name.startsWith(plugin + "-")) {
      throw new IllegalArgumentException(
          "The " + what + " " + name + " is named neither " + plugin + " nor " + plugin + "-...");
    }
  }

  public Registration register(String plugin, ChangeCheck check) {
    return add(plugin, owner -> hook(owner, HookKind.CHECK, check.name(), check.order(), check));
  }

  public Registration register(String plugin, ChangeListener listener) {
    return add(plugin, owner -> hook(owner, HookKind.LISTENER, listener.name(), 0, listener));
  }

  public Registration register(String plugin, ConnectionListener listener) {
    return add(plugin, owner -> hook(owner, HookKind.CONNECTION, listener.name(), 0, listener));
  }

  public Registration register(String plugin, PageMessageListener listener) {
    return add(
        plugin,
        owner ->
            new Hook<>(
                owner,
                HookKind.MESSAGE,
                listener.name(),
                0,
                listener,
                new Fuse(millis),
                listener.needed()));
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

  /**
   * @throws IllegalArgumentException as {@link
   *     org.tandem.api.plugin.PluginContext#register(PresenceField)}
   */
  public Registration register(String plugin, PresenceField field) {
    checkName("presence field", field.name(), plugin);
    return add(
        plugin,
        owner -> {
          if (snapshot.fields().containsKey(field.name())) {
            throw new IllegalArgumentException(
                "There is a presence field " + field.name() + " already");
          }
          return hook(owner, HookKind.PRESENCE, field.name(), 0, field);
        });
  }

  /** How a plugin sends messages to its modules. */
  public PageMessages messages(String plugin) {
    return messages.of(plugin);
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
    Formats formats = Snapshot.formats(more);
    registered.add(hook);
    queue(hook).ifPresent(queue -> queue.add(hook));
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
              queue.remove(hook);
              if (queue.isEmpty()) {
                queues.remove(hook.plugin());
              }
            });
    renew(Snapshot.formats(registered));
    threads.renew();
    checkThreads.renew();
    exchangeThreads.renew();
  }

  private Optional<ListenerQueue> queue(Hook<?> hook) {
    return hook.kind().isTold()
        ? Optional.of(
            queues.computeIfAbsent(
                hook.plugin(), owner -> new ListenerQueue(owner, threads, notices)))
        : Optional.empty();
  }

  private void renew(Formats formats) {
    snapshot = Snapshot.of(formats, registered, queues.values());
    searching.renew();
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
    return now.declared().isEmpty() ? Showing.Shown.PLAIN : showing.of(document, now::declared);
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
        () -> snapshot.all(Offered.OfExport.class),
        () -> snapshot.all(Offered.OfImport.class),
        this::formats,
        mostMillis);
  }

  @Override
  public boolean checks(PageId page) {
    return !snapshot.checks(page).isEmpty();
  }

  @Override
  public void check(ProposedChange change, Consumer<Verdict> answer) {
    List<Hook<ChangeCheck>> checks = snapshot.checks(change.page());
    People known = people;
    if (checks.isEmpty()) {
      answer.accept(new Verdict.Accepted());
    } else if (known == null
        || !checkThreads.run(new CheckTurn(CHECK_MILLIS, checks, known, change, notices, answer))) {
      answer.accept(new Verdict.Unknown(CheckTurn.AWAY));
    }
  }

  @Override
  public boolean listens() {
    return snapshot.listens();
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

  @Override
  public void joined(EditorConnection connection) {
    tell(List.of(new Event.Joined(connection)));
  }

  @Override
  public void left(EditorConnection connection, EditorConnection.End why) {
    tell(List.of(new Event.Left(connection, why)));
  }

  @Override
  public Reception received(EditorConnection from, String plugin, Object value) {
    Snapshot now = snapshot;
    List<Hook<PageMessageListener>> all = now.takers(plugin);
    if (all.isEmpty()) {
      return Reception.NO_PLUGIN;
    }
    Event.Received message = new Event.Received(from, value);
    if (all.stream().noneMatch(message::concerns)) {
      return Reception.FORBIDDEN;
    }
    boolean on = all.stream().anyMatch(taker -> message.concerns(taker) && taker.isOn(from.page()));
    ListenerQueue queue = now.queue(plugin).orElse(null);
    return on && queue != null && queue.offer(List.of(message)) ? Reception.TAKEN : Reception.BUSY;
  }

  @Override
  public Registration onMessage(Consumer<Message> listener) {
    return messages.listen(listener);
  }

  @Override
  public void allows(PageId page, String field, Object value, Consumer<Permission> answer) {
    Hook<PresenceField> declared = snapshot.fields().get(field);
    if (declared == null) {
      answer.accept(Permission.NO_PLUGIN);
    } else if (!threads.run(new FieldTurn(CHECK_MILLIS, declared, page, value, notices, answer))) {
      answer.accept(Permission.BUSY);
    }
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

  @Override
  public Registration onEditorChange(Runnable listener) {
    return notices.listen(listener);
  }

  /** The editor of pages is made of other modules now. */
  public void editorChanged() {
    notices.editorChanged();
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
    checkThreads.close();
    exchangeThreads.close();
    meters.close();
  }
}
