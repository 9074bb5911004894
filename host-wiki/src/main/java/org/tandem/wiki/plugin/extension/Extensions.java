package org.tandem.wiki.plugin.extension;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.format.Formats;
import org.tandem.api.document.format.Looks;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.EditorConnection;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.PageMessageListener;
import org.tandem.api.editor.PageMessages;
import org.tandem.api.editor.PresenceField;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Pages;
import org.tandem.api.host.Registration;
import org.tandem.api.host.Users;
import org.tandem.api.plugin.PageSettings;
import org.tandem.wiki.content.SearchSources;
import org.tandem.wiki.exchange.Exchange;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.hook.HookThreads;
import org.tandem.wiki.plugin.hook.Notices;
import org.tandem.wiki.plugin.hook.Offered;
import org.tandem.wiki.plugin.hook.PluginView;
import org.tandem.wiki.plugin.listener.Event;
import org.tandem.wiki.plugin.listener.ListenerQueue;

/**
 * What the running plugins add to editing: where they register it, and how editing asks it.
 *
 * <p>Life cycle: ready when constructed, by a thread that runs no plugin's code; checks are asked
 * once {@link #know} was called; {@link #close} ends its threads. After a registration is closed
 * nothing here reaches the plugin's objects any more, but for a call that is under way.
 *
 * <p>Threads: safe for use by any thread.
 */
public final class Extensions implements Hooks, AutoCloseable {

  private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
  private final HookThreads threads = new HookThreads();
  private final Times times;
  private final Showing showing;
  private final Notices notices = new Notices();

  /** No listener and no rendering keeps a change waiting. */
  private final HookThreads checkThreads = new HookThreads("checks");

  private final HookThreads exchangeThreads = new HookThreads("exchange");
  private final Exchange exchange = exchange(Exchanging.MOST_MILLIS);
  private final Searching searching;
  private final Messages messages;

  private final Registrations registrations;
  private volatile @Nullable People people;

  public Extensions() {
    this(Times.USUAL);
  }

  /** Those whose code may take another time than usual. */
  public Extensions(Times times) {
    this(times, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  /**
   * @param millis a monotone clock, by which hooks are off for a while
   */
  Extensions(Times times, LongSupplier millis) {
    this.times = times;
    this.showing = new Showing(threads, times.looks());
    this.searching = new Searching(threads, times.words(), () -> snapshot().all(), this::shown);
    this.messages = new Messages(millis);
    this.registrations =
        new Registrations(
            millis,
            meters,
            owner -> new ListenerQueue(owner, threads, notices),
            searching::renew,
            this::renewThreads);
  }

  /** Whom checks are told of as a change's author. */
  public void know(Users users, Pages pages, AccessControl access) {
    people = new People(users, pages, access);
  }

  private Snapshot snapshot() {
    return registrations.snapshot();
  }

  /** What runs plugins' code keeps nothing of one that goes. */
  private void renewThreads() {
    threads.renew();
    checkThreads.renew();
    exchangeThreads.renew();
  }

  /** Counts hooks in these figures too. */
  public void count(MeterRegistry registry) {
    meters.add(registry);
  }

  /** Where plugins register. */
  public Registrations registrations() {
    return registrations;
  }

  /** What the plugin registers from now on is of this version of it. */
  public void version(String plugin, String version) {
    searching.version(plugin, version);
  }

  /** How a plugin sends messages to its modules. */
  public PageMessages messages(String plugin) {
    return messages.of(plugin);
  }

  // --- what editing asks ------------------------------------------------------------------------

  @Override
  public Formats formats() {
    return snapshot().formats();
  }

  /** How the plugins' formats in this document look; waits for plugins, at most about a second. */
  public Looks looks(Delta document) {
    return shown(document).looks();
  }

  private Showing.Shown shown(Delta document) {
    Snapshot now = snapshot();
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
        () -> snapshot().all(Offered.OfExport.class),
        () -> snapshot().all(Offered.OfImport.class),
        this::formats,
        mostMillis);
  }

  @Override
  public boolean checks(PageId page) {
    return !snapshot().checks(page).isEmpty();
  }

  @Override
  public void check(ProposedChange change, Consumer<Verdict> answer) {
    List<Hook<ChangeCheck>> checks = snapshot().checks(change.page());
    People known = people;
    if (checks.isEmpty()) {
      answer.accept(new Verdict.Accepted());
    } else if (known == null
        || !checkThreads.run(
            new CheckTurn(times.checks(), checks, known, change, notices, answer))) {
      answer.accept(new Verdict.Unknown(CheckTurn.AWAY));
    }
  }

  @Override
  public boolean listens() {
    return snapshot().listens();
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
    Snapshot now = snapshot();
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
    Hook<PresenceField> declared = snapshot().fields().get(field);
    if (declared == null) {
      answer.accept(Permission.NO_PLUGIN);
    } else if (!checkThreads.run(
        new FieldTurn(times.checks(), declared, page, value, notices, answer))) {
      answer.accept(Permission.BUSY);
    }
  }

  /**
   * What is kept for pages has changed.
   *
   * @param plugin whose it is; empty when it may be anyone's
   */
  public void settingChanged(Optional<String> plugin, PageSettings.Change change) {
    List<Event> events = List.of(new Event.SettingChanged(change));
    plugin.ifPresentOrElse(
        one -> snapshot().queue(one).ifPresent(queue -> queue.offer(events)), () -> tell(events));
  }

  private void tell(List<? extends Event> events) {
    snapshot().queues().forEach(queue -> queue.offer(events));
  }

  @Override
  public List<Notice> notices(PageId page) {
    Snapshot now = snapshot();
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
    return PluginView.of(registrations.of(plugin));
  }

  @Override
  public void close() {
    threads.close();
    checkThreads.close();
    exchangeThreads.close();
    meters.close();
  }
}
