package org.tandem.wiki.plugin.hook;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;

/**
 * Something that a plugin has registered.
 *
 * @param name for the admin
 * @param order those with a lower number go first
 * @param needed what a person must be allowed to do with a page to bring something there before it
 */
public record Hook<T>(
    PluginHooks plugin, HookKind kind, String name, int order, T code, Fuse fuse, Access needed) {

  /** In the place of a page: none in particular. */
  public static final PageId NO_PAGE = new PageId(new UUID(0, 0));

  public Hook(PluginHooks plugin, HookKind kind, String name, int order, T code, Fuse fuse) {
    this(plugin, kind, name, order, code, fuse, Access.NONE);
  }

  /** {@code check spelling}, for the admin; {@code check} of one that has no other name. */
  public String label() {
    return label(kind, name);
  }

  /** The same of what is known by these alone. */
  public static String label(HookKind kind, String name) {
    return name.equals(kind.word()) ? name : kind.word() + " " + name;
  }

  /** Whether it may be called on a page now. */
  public boolean isOn(PageId page) {
    return plugin.isOn() && fuse.isOn(page);
  }

  /** The hook, if its code is of this type. */
  @SuppressWarnings("unchecked")
  public <C> @Nullable Hook<C> as(Class<C> type) {
    return kind.code() == type ? (Hook<C>) this : null;
  }

  /**
   * Whether it would have the other's address: exporters and importers are known by their names.
   */
  public boolean isNamedLike(Hook<?> other) {
    return (kind == HookKind.EXPORTER || kind == HookKind.IMPORTER)
        && kind == other.kind
        && plugin == other.plugin
        && name.equals(other.name);
  }

  /** The class loader of its code. */
  @Nullable ClassLoader classes() {
    Object own = code instanceof Offered offered ? offered.code() : code;
    return own.getClass().getClassLoader();
  }
}
