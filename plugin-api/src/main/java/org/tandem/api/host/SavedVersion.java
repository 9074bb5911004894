package org.tandem.api.host;

import java.time.Instant;
import java.util.Set;
import org.tandem.api.delta.Delta;

/**
 * A state of a page in its list of versions.
 *
 * @param rev the revision that it shows
 * @param document all of its content
 * @param authors who wrote what is new in it
 * @param savedAt by the clock of the node that saved it; for display alone
 */
public record SavedVersion(long rev, Delta document, Set<UserId> authors, Instant savedAt) {}
