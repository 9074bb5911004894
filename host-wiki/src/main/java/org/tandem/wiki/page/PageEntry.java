package org.tandem.wiki.page;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

/**
 * A page in the tree of its space.
 *
 * @param parent empty at the top of the space
 * @param position among the pages of one parent, ascending
 */
public record PageEntry(
    PageId id,
    UUID space,
    Optional<PageId> parent,
    String title,
    int position,
    UserId createdBy,
    Instant createdAt) {

  /** Longest title, in Unicode characters. */
  public static final int TITLE_LIMIT = 200;
}
