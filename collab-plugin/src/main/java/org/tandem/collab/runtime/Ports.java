package org.tandem.collab.runtime;

import java.util.function.LongSupplier;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.Pages;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.protocol.Limits;

/**
 * All that the runtime works against.
 *
 * @param millis a monotone clock in milliseconds, for time-outs
 */
public record Ports(
    OperationLog log,
    Cluster cluster,
    Pages pages,
    AccessControl access,
    HybridClock clock,
    LongSupplier millis,
    DocumentCheck check,
    Limits limits) {}
