package org.tandem.wiki.audit;

import java.time.Instant;
import java.util.Optional;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

/**
 * Something that was done.
 *
 * @param id higher than that of any entry before it
 * @param source the id of a plugin, or {@link #OF_THE_WIKI}
 * @param act what was done, a word for programs
 * @param user who did it; empty for nobody, or when the name alone is known
 * @param userName as it was then; empty when it is not known
 * @param pageTitle the same
 */
public record AuditEntry(
    long id,
    Instant at,
    String source,
    String act,
    Optional<UserId> user,
    String userName,
    Optional<PageId> page,
    String pageTitle,
    String detail) {

  /** No plugin's id. */
  public static final String OF_THE_WIKI = "-";
}
