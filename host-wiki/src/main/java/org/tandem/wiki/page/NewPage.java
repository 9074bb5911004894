package org.tandem.wiki.page;

import java.util.Optional;
import java.util.UUID;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

/**
 * A page to be made; rights were asked before.
 *
 * @param title as typed
 * @param content entered as revision 1, when there is any
 */
public record NewPage(
    UUID space, Optional<PageId> parent, String title, UserId author, Optional<Delta> content) {}
