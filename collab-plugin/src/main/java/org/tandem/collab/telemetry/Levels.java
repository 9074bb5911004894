package org.tandem.collab.telemetry;

import java.util.function.LongSupplier;

/**
 * What stands at some height at each moment; each may be asked by any thread, and answers at once.
 *
 * @param sessions connections
 * @param pages that are open
 * @param letters that wait in the mailboxes of all pages
 * @param appends that wait for the next commit
 * @param outboxes characters that wait to be sent, of all connections
 */
public record Levels(
    LongSupplier sessions,
    LongSupplier pages,
    LongSupplier letters,
    LongSupplier appends,
    LongSupplier outboxes) {}
