package org.tandem.wiki.plugin.extension;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Formats;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.ConnectionListener;
import org.tandem.api.editor.PageMessageListener;
import org.tandem.api.editor.PresenceField;
import org.tandem.api.exchange.Exporter;
import org.tandem.api.exchange.Importer;
import org.tandem.api.exchange.SearchText;
import org.tandem.api.host.Access;
import org.tandem.api.host.Registration;
import org.tandem.api.plugin.PageSettings;
import org.tandem.wiki.plugin.hook.Fuse;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.hook.HookKind;
import org.tandem.wiki.plugin.hook.Offered;
import org.tandem.wiki.plugin.hook.PluginHooks;
import org.tandem.wiki.plugin.listener.ListenerQueue;
import org.tandem.wiki.store.Names;

/**
 * What the running plugins have registered, in order, as an immutable snapshot that is replaced
 * when something comes or goes.
 *
 * <p>Life cycle: after a registration is closed nothing here reaches the plugin's objects any more.
 * Threads: safe for use by any thread.
 */
@SuppressWarnings("overloads") // As PluginContext has them.
public final class Registrations {

  private static final int LONGEST_NAME = 80;

  private final LongSupplier millis;
  private final MeterRegistry meters;
  private final Function<PluginHooks, ListenerQueue> newQueue;
  private final Runnable changed;
  private final Runnable gone;

  /** Guarded by this, as is the next. */
  private final List<Hook<?>> registered = new ArrayList<>();

  private final Map<PluginHooks, ListenerQueue> queues = new HashMap<>();
  private volatile Snapshot snapshot = Snapshot.EMPTY;

  /**
   * @param newQueue for what a plugin is told
   * @param changed run when there is another snapshot
   * @param gone run when something was taken back
   */
  Registrations(
      LongSupplier millis,
      MeterRegistry meters,
      Function<PluginHooks, ListenerQueue> newQueue,
      Runnable changed,
      Runnable gone) {
    this.millis = millis;
    this.meters = meters;
    this.newQueue = newQueue;
    this.changed = changed;
    this.gone = gone;
  }

  /** What is registered now. */
  Snapshot snapshot() {
    return snapshot;
  }

  /** What a plugin has registered, in order. */
  synchronized List<Hook<?>> of(String plugin) {
    return registered.stream().filter(hook -> hook.plugin().id().equals(plugin)).toList();
  }

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

  /**
   * @throws IllegalArgumentException when it says something of itself that cannot be, as of all
   *     that has a name for the admin
   */
  public Registration register(String plugin, ChangeCheck check) {
    String name = words(check.name());
    int order = check.order();
    return add(plugin, owner -> hook(owner, HookKind.CHECK, name, order, check));
  }

  public Registration register(String plugin, ChangeListener listener) {
    String name = words(listener.name());
    return add(plugin, owner -> hook(owner, HookKind.LISTENER, name, 0, listener));
  }

  public Registration register(String plugin, ConnectionListener listener) {
    String name = words(listener.name());
    return add(plugin, owner -> hook(owner, HookKind.CONNECTION, name, 0, listener));
  }

  /** A plugin's code is asked before anything is locked, and not believed. */
  private static String words(@Nullable String name) {
    return Optional.ofNullable(name)
        .flatMap(said -> Names.clean(said, LONGEST_NAME))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "What is registered has a name of 1 to "
                        + LONGEST_NAME
                        + " characters: "
                        + Names.cut(String.valueOf(name), LONGEST_NAME)));
  }

  /** Tells it of what the plugin keeps for pages. */
  public Registration listen(String plugin, Consumer<PageSettings.Change> listener) {
    return add(plugin, owner -> hook(owner, HookKind.PAGE_SETTING, "listener", 0, listener));
  }

  public Registration register(String plugin, PageMessageListener listener) {
    String name = words(listener.name());
    Access needed = listener.needed();
    if (needed == null) {
      throw new IllegalArgumentException("A listener to messages says who may send some");
    }
    return add(
        plugin,
        owner -> new Hook<>(owner, HookKind.MESSAGE, name, 0, listener, new Fuse(millis), needed));
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
    String name = words(words.name());
    return add(plugin, owner -> hook(owner, HookKind.SEARCH_TEXT, name, 0, offered));
  }

  /**
   * @throws IllegalArgumentException as {@link
   *     org.tandem.api.plugin.PluginContext#register(PresenceField)}
   */
  public Registration register(String plugin, PresenceField field) {
    String name = field.name();
    checkName("presence field", name, plugin);
    return add(
        plugin,
        owner -> {
          if (snapshot.fields().containsKey(name)) {
            throw new IllegalArgumentException("There is a presence field " + name + " already");
          }
          return hook(owner, HookKind.PRESENCE, name, 0, field);
        });
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
    gone.run();
  }

  private Optional<ListenerQueue> queue(Hook<?> hook) {
    return hook.kind().isTold()
        ? Optional.of(queues.computeIfAbsent(hook.plugin(), newQueue))
        : Optional.empty();
  }

  private void renew(Formats formats) {
    snapshot = Snapshot.of(formats, registered, queues.values());
    changed.run();
  }
}
