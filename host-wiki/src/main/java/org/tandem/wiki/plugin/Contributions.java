package org.tandem.wiki.plugin;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.EditorFrontEnd;
import org.tandem.api.editor.EditorModule;
import org.tandem.api.editor.PageAuthority;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.api.host.UserId;
import org.tandem.wiki.metrics.PluginMetrics;
import org.tandem.wiki.plugin.extension.Extensions;
import org.tandem.wiki.view.EditorPage;

/**
 * What the running plugins bring to editing, and their figures. Threads: safe for use by any
 * thread.
 */
public final class Contributions {

  private static final PageAuthority NOBODY =
      new PageAuthority() {
        @Override
        public Optional<PageContent> current(PageId page) {
          return Optional.empty();
        }

        @Override
        public Optional<PageContent> at(PageId page, long rev) {
          return Optional.empty();
        }

        @Override
        public SaveOutcome save(PageId page, UserId author, long baseRev, Delta document) {
          return new SaveOutcome.Unavailable();
        }
      };

  private final AtomicReference<@Nullable PageAuthority> authority = new AtomicReference<>();
  private final AtomicReference<@Nullable EditorPage> editor = new AtomicReference<>();
  private final CopyOnWriteArrayList<EditorPage.Addition> additions = new CopyOnWriteArrayList<>();
  private final PluginMetrics metrics = new PluginMetrics();
  private final PluginHealth health = new PluginHealth();
  private final Extensions extensions = new Extensions();

  private volatile boolean ended;
  private volatile boolean heldBack;
  private volatile @Nullable String lastAuthority;

  /** Who orders the changes of pages; empty: the wiki itself. */
  public Optional<PageAuthority> authority() {
    PageAuthority own = authority.get();
    return ended || (heldBack && own == null) ? Optional.of(NOBODY) : Optional.ofNullable(own);
  }

  /**
   * Whether the wiki saves by itself where no plugin orders the changes. It does not while one is
   * replaced, or still does so on other nodes: two would order the changes of one page.
   */
  void holdBack(boolean wait) {
    heldBack = wait;
  }

  boolean isHeldBack() {
    return heldBack;
  }

  /** The plugin that orders the changes of pages now. */
  Optional<String> orders() {
    return authority.get() == null ? Optional.empty() : Optional.ofNullable(lastAuthority);
  }

  /**
   * This node ends, before its plugins do. What is still saved on it is refused: other nodes may go
   * on with the plugin, and a save beside them would be a second order of changes.
   */
  public void end() {
    ended = authority.get() != null;
  }

  /** What an Edit button opens, with what plugins add, by their ids; empty: the wiki's own form. */
  public Optional<EditorPage> editor() {
    return Optional.ofNullable(editor.get())
        .map(page -> new EditorPage(page.module(), page.styles(), inOrder()));
  }

  /** The style sheets that go with what plugins store in pages, wherever a content is shown. */
  public List<String> contentStyles() {
    return inOrder().stream().flatMap(addition -> addition.styles().stream()).toList();
  }

  private List<EditorPage.Addition> inOrder() {
    return additions.stream().sorted(Comparator.comparing(EditorPage.Addition::plugin)).toList();
  }

  /** The figures of all of them. */
  public PluginMetrics metrics() {
    return metrics;
  }

  /** How they say that they are. */
  public PluginHealth health() {
    return health;
  }

  /** Whether this plugin orders the changes of pages, or was the last on this node to do so. */
  boolean ordersChanges(String plugin) {
    return plugin.equals(lastAuthority);
  }

  /**
   * @param plugin its id
   */
  Registration register(PageAuthority added, String plugin) {
    Registration registration = put(authority, added, "another plugin orders the changes of pages");
    lastAuthority = plugin;
    return registration;
  }

  /** Formats, checks of changes and listeners. */
  public Extensions extensions() {
    return extensions;
  }

  /**
   * @param base address of the plugin's files, ends with a slash
   */
  Registration register(EditorFrontEnd added, String base) {
    EditorPage page = new EditorPage(base + added.module(), below(base, added.styles()), List.of());
    return put(editor, page, "another plugin brings the editor");
  }

  /**
   * @param base address of the plugin's files, ends with a slash
   */
  Registration register(EditorModule added, String plugin, String version, String base) {
    EditorPage.Addition addition =
        new EditorPage.Addition(
            plugin, version, base + added.module(), below(base, added.styles()));
    if (!additions.addIfAbsent(addition)) {
      throw new IllegalStateException("the module " + added.module() + " was added already");
    }
    extensions.editorChanged();
    return () -> {
      if (additions.removeIf(any -> any == addition)) {
        extensions.editorChanged();
      }
    };
  }

  private static List<String> below(String base, List<String> paths) {
    return paths.stream().map(path -> base + path).toList();
  }

  private static <T> Registration put(AtomicReference<@Nullable T> place, T added, String taken) {
    if (!place.compareAndSet(null, added)) {
      throw new IllegalStateException(taken);
    }
    return () -> place.compareAndSet(added, null);
  }
}
