package org.tandem.wiki.store;

import java.util.Optional;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

/** What one node tells all others, itself included, when the transaction that did it commits. */
public sealed interface Announcement {

  /** What the text of a changed setting begins with. */
  String SETTING = "setting:";

  /** Rights changed; empty means that any page, any user may be concerned. */
  record AccessChanged(Optional<PageId> page, Optional<UserId> user) implements Announcement {}

  record PageDeleted(PageId page) implements Announcement {}

  record TitleChanged(PageId page) implements Announcement {}

  /** What a plugin keeps for a page. */
  record PageSettingChanged(PageId page, String plugin, String key) implements Announcement {}

  /** What the nodes are to have of plugins. */
  record PluginsChanged() implements Announcement {}

  /** The connection was away: whatever happened meanwhile was not heard. */
  record Missed() implements Announcement {}

  /** The text of the notification. */
  default String payload() {
    if (this instanceof AccessChanged access) {
      return "access:" + word(access.page()) + ":" + word(access.user());
    } else if (this instanceof PageDeleted deleted) {
      return "deleted:" + deleted.page();
    } else if (this instanceof TitleChanged title) {
      return "title:" + title.page();
    } else if (this instanceof PageSettingChanged setting) {
      return SETTING + setting.page() + ":" + setting.plugin() + ":" + setting.key();
    } else if (this instanceof PluginsChanged) {
      return "plugins";
    }
    return "missed";
  }

  /** Reads a notification; what a newer or older node says and this one does not know is Missed. */
  static Announcement read(String payload) {
    if (payload.startsWith(SETTING)) {
      return setting(payload.split(":", 4));
    }
    String[] parts = payload.split(":", -1);
    if (parts.length == 3 && parts[0].equals("access")) {
      return new AccessChanged(PageId.parse(parts[1]), UserId.parse(parts[2]));
    }
    if (payload.equals("plugins")) {
      return new PluginsChanged();
    }
    Optional<PageId> page = parts.length == 2 ? PageId.parse(parts[1]) : Optional.empty();
    if (page.isPresent() && parts[0].equals("deleted")) {
      return new PageDeleted(page.get());
    } else if (page.isPresent() && parts[0].equals("title")) {
      return new TitleChanged(page.get());
    }
    return new Missed();
  }

  /** A key may hold what stands between the parts. */
  private static Announcement setting(String[] parts) {
    Optional<PageId> page = parts.length == 4 ? PageId.parse(parts[1]) : Optional.empty();
    return page.isPresent() ? new PageSettingChanged(page.get(), parts[2], parts[3]) : new Missed();
  }

  private static String word(Optional<?> id) {
    return id.map(Object::toString).orElse("-");
  }
}
