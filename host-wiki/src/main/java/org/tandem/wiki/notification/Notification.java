package org.tandem.wiki.notification;

import java.time.Instant;
import java.util.Optional;
import org.tandem.api.host.PageId;

/**
 * Something that a person was told.
 *
 * @param id higher than that of any notification before it
 * @param plugin the id of the plugin that sent it
 * @param about empty when the person may not view the page any more
 */
public record Notification(
    long id, String plugin, Instant sentAt, boolean read, Optional<About> about) {

  /**
   * What it is about.
   *
   * @param title of the page, as it is now
   */
  public record About(PageId page, String title, String text) {}
}
