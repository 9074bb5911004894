package org.tandem.collab.page;

import org.tandem.api.delta.Delta;
import org.tandem.api.host.UserId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.protocol.ClientId;

/**
 * A change that has its place in a page's order.
 *
 * @param delta takes the document at {@code rev - 1} to the one at {@code rev}
 */
public record Revision(
    long rev, ClientId client, long seq, UserId user, Delta delta, Stamp stamp) {}
