package org.tandem.wiki.plugin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.Database;
import org.tandem.api.host.Pages;
import org.tandem.api.host.SignIns;
import org.tandem.api.host.User;
import org.tandem.api.host.Users;
import org.tandem.wiki.audit.AuditLog;
import org.tandem.wiki.notification.Inbox;
import org.tandem.wiki.pagesetting.SettingsOfPages;
import org.tandem.wiki.settings.AdminSettings;

/**
 * What the wiki offers to every plugin.
 *
 * @param publicUrl the address that people use, without a slash at the end
 * @param locale of the wiki
 */
public record HostServices(
    Pages pages,
    Users users,
    SignIns signIns,
    AccessControl access,
    Database database,
    Function<HttpServletRequest, Optional<User>> callers,
    URI publicUrl,
    Locale locale,
    Inbox inbox,
    SettingsOfPages pageSettings,
    AuditLog audit,
    AdminSettings settings) {

  /** Deletes what the wiki has stored for a plugin, but for its archives and what it recorded. */
  void deleteDataOf(String plugin) {
    inbox.deleteOf(plugin);
    pageSettings.deleteOf(plugin);
  }
}
