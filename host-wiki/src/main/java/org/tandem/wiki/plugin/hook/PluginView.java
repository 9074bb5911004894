package org.tandem.wiki.plugin.hook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tandem.api.host.PageId;

/**
 * What a plugin adds to editing on this node and how that fares, for the admin.
 *
 * @param contributions in the order of their registration
 * @param figures of the kinds that it has registered, over the last {@value HookFigures#MINUTES}
 *     minutes
 * @param off what is switched off now
 */
public record PluginView(
    List<Contribution> contributions, List<Figures> figures, List<SwitchedOff> off) {

  /** Of a plugin that has registered nothing. */
  public static final PluginView NOTHING = new PluginView(List.of(), List.of(), List.of());

  /** Of one plugin, by all that it has registered. */
  public static PluginView of(List<Hook<?>> all) {
    if (all.isEmpty()) {
      return NOTHING;
    }
    PluginHooks owner = all.get(0).plugin();
    return new PluginView(
        all.stream().map(hook -> new Contribution(hook.kind(), hook.name())).toList(),
        all.stream().map(Hook::kind).distinct().map(kind -> owner.figures(kind).of(kind)).toList(),
        all.stream().flatMap(PluginView::off).toList());
  }

  private static Stream<SwitchedOff> off(Hook<?> hook) {
    long everywhere = hook.plugin().offMillis();
    if (everywhere > 0) {
      return Stream.of(off(hook, Hook.NO_PAGE, everywhere));
    }
    return hook.fuse().off().entrySet().stream()
        .map(page -> off(hook, page.getKey(), page.getValue()));
  }

  private static SwitchedOff off(Hook<?> hook, PageId page, long millis) {
    return new SwitchedOff(
        hook.kind(),
        hook.name(),
        Optional.of(page).filter(any -> !any.equals(Hook.NO_PAGE)),
        Duration.ofMillis(millis));
  }

  public PluginView {
    contributions = List.copyOf(contributions);
    figures = List.copyOf(figures);
    off = List.copyOf(off);
  }

  /** Something that is registered. */
  public record Contribution(HookKind kind, String name) {}

  /**
   * @param total time in the calls
   * @param longest of a call
   * @param faults calls that threw or took too long, and events that found no room
   */
  public record Figures(HookKind kind, long calls, Duration total, Duration longest, long faults) {

    /** Of a call; zero without any. */
    public Duration mean() {
      return calls == 0 ? Duration.ZERO : total.dividedBy(calls);
    }
  }

  /**
   * A hook that is left out after repeated faults.
   *
   * @param page empty: on all pages of this node
   * @param goesOn how long until it is tried again
   */
  public record SwitchedOff(HookKind kind, String name, Optional<PageId> page, Duration goesOn) {}
}
