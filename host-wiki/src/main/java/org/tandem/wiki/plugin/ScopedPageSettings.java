package org.tandem.wiki.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.api.plugin.PageSettings;
import org.tandem.wiki.pagesetting.SettingsOfPages;

/**
 * What one plugin keeps for pages.
 *
 * @param id the plugin's
 * @param listening has a listener told, and notes that, to be closed with the plugin
 */
record ScopedPageSettings(
    String id, SettingsOfPages all, Function<Consumer<PageSettings.Change>, Registration> listening)
    implements PageSettings {

  @Override
  public Optional<Object> get(PageId page, String key) {
    return all.get(id, page, key);
  }

  @Override
  public Map<String, Object> all(PageId page) {
    return all.all(id, page);
  }

  @Override
  public Outcome put(PageId page, String key, Object value) {
    return all.put(id, page, key, value);
  }

  @Override
  public boolean remove(PageId page, String key) {
    return all.remove(id, page, key);
  }

  @Override
  public Registration onChange(Consumer<Change> listener) {
    return listening.apply(listener);
  }
}
