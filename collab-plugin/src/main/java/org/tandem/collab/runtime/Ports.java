package org.tandem.collab.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.editor.Hooks;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.Pages;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.cluster.Doorbell;
import org.tandem.collab.log.Compaction;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.protocol.Limits;
import org.tandem.collab.telemetry.Telemetry;

/**
 * All that the runtime works against.
 *
 * @param check by the formats of the hooks
 * @param hooks what plugins have to say to changes
 * @param millis a monotone clock in milliseconds, for time-outs
 * @param history how long revisions are kept at least before they are deleted; empty: for ever
 */
public record Ports(
    OperationLog log,
    Compaction compaction,
    Optional<Duration> history,
    Cluster cluster,
    Doorbell doorbell,
    Pages pages,
    AccessControl access,
    HybridClock clock,
    LongSupplier millis,
    DocumentCheck check,
    Hooks hooks,
    Limits limits,
    Telemetry telemetry) {}
