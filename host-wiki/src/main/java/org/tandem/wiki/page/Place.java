package org.tandem.wiki.page;

import java.util.Optional;
import java.util.UUID;
import org.tandem.api.host.PageId;

/**
 * Where a page is moved: behind the other pages there.
 *
 * @param parent empty for the top of the space
 */
public record Place(UUID space, Optional<PageId> parent) {}
