package org.tandem.wiki.plugin.extension;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Format;
import org.tandem.api.document.format.Formats;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.PageMessageListener;
import org.tandem.api.editor.PresenceField;
import org.tandem.api.host.PageId;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.listener.ListenerQueue;

/**
 * What is registered at one time, as it is asked for. Immutable.
 *
 * @param formats the wiki's and those that plugins declare
 * @param checks in the order in which they are asked
 * @param takers of messages
 * @param fields of presence, by their names
 * @param listens whether anybody hears of changes
 * @param all that is registered
 */
record Snapshot(
    Formats formats,
    Map<Format, Hook<DeclaredFormat>> declared,
    List<Hook<ChangeCheck>> checks,
    List<Hook<PageMessageListener>> takers,
    Map<String, Hook<PresenceField>> fields,
    boolean listens,
    List<ListenerQueue> queues,
    List<Hook<?>> all) {

  static final Snapshot EMPTY = of(Formats.builtIn(), List.of(), List.of());

  /**
   * @param formats those of what is registered
   */
  static Snapshot of(Formats formats, List<Hook<?>> registered, Collection<ListenerQueue> queues) {
    Map<Format, Hook<DeclaredFormat>> declared = new HashMap<>();
    all(registered, DeclaredFormat.class).forEach(hook -> declared.put(hook.code().format(), hook));
    List<Hook<ChangeCheck>> checks =
        all(registered, ChangeCheck.class)
            .sorted(
                Comparator.<Hook<ChangeCheck>>comparingInt(Hook::order)
                    .thenComparing(hook -> hook.plugin().id()))
            .toList();
    return new Snapshot(
        formats,
        Map.copyOf(declared),
        checks,
        all(registered, PageMessageListener.class).toList(),
        all(registered, PresenceField.class)
            .collect(Collectors.toUnmodifiableMap(Hook::name, hook -> hook)),
        all(registered, ChangeListener.class).findAny().isPresent(),
        List.copyOf(queues),
        List.copyOf(registered));
  }

  /**
   * The wiki's formats and the declared ones among these.
   *
   * @throws IllegalArgumentException if there are two of one name
   */
  static Formats formats(List<Hook<?>> registered) {
    Formats formats = Formats.builtIn();
    for (Hook<?> hook : registered) {
      if (hook.code() instanceof DeclaredFormat declared) {
        formats = formats.with(declared);
      }
    }
    return formats;
  }

  private static <T> Stream<Hook<T>> all(List<Hook<?>> registered, Class<T> kind) {
    return registered.stream().flatMap(hook -> Stream.ofNullable(hook.as(kind)));
  }

  /** What is registered of this kind. */
  <T> List<Hook<T>> all(Class<T> kind) {
    return all(all, kind).toList();
  }

  /** The checks that are on, on this page. */
  List<Hook<ChangeCheck>> checks(PageId page) {
    for (Hook<ChangeCheck> check : checks) {
      if (!check.isOn(page)) {
        return checks.stream().filter(other -> other.isOn(page)).toList();
      }
    }
    return checks;
  }

  /** Who declares what has this name in a document; null: no plugin. */
  @Nullable Hook<DeclaredFormat> declared(String name, boolean embed) {
    return (embed ? formats.embed(name) : formats.attribute(name)).map(declared::get).orElse(null);
  }

  /** What a plugin has registered to be told of messages. */
  List<Hook<PageMessageListener>> takers(String plugin) {
    return takers.stream().filter(taker -> taker.plugin().id().equals(plugin)).toList();
  }

  /** What waits for a plugin; empty when it hears of nothing. */
  Optional<ListenerQueue> queue(String plugin) {
    return queues.stream().filter(queue -> queue.plugin().id().equals(plugin)).findFirst();
  }
}
