package org.tandem.wiki.plugin;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.tandem.api.editor.EditorFrontEnd;
import org.tandem.api.editor.PageAuthority;
import org.tandem.api.host.Registration;
import org.tandem.wiki.view.EditorPage;

/** What the running plugins bring to editing. Threads: safe for use by any thread. */
public final class Contributions {

  private final AtomicReference<@Nullable PageAuthority> authority = new AtomicReference<>();
  private final AtomicReference<@Nullable EditorPage> editor = new AtomicReference<>();

  /** Who orders the changes of pages; empty: the wiki itself. */
  public Optional<PageAuthority> authority() {
    return Optional.ofNullable(authority.get());
  }

  /** What an Edit button opens; empty: the wiki's own form. */
  public Optional<EditorPage> editor() {
    return Optional.ofNullable(editor.get());
  }

  Registration register(PageAuthority added) {
    return put(authority, added, "another plugin orders the changes of pages");
  }

  /**
   * @param base address of the plugin's files, ends with a slash
   */
  Registration register(EditorFrontEnd added, String base) {
    EditorPage page =
        new EditorPage(
            base + added.module(), added.styles().stream().map(style -> base + style).toList());
    return put(editor, page, "another plugin brings the editor");
  }

  private static <T> Registration put(AtomicReference<@Nullable T> place, T added, String taken) {
    if (!place.compareAndSet(null, added)) {
      throw new IllegalStateException(taken);
    }
    return () -> place.compareAndSet(added, null);
  }
}
