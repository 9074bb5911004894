package org.tandem.collab.telemetry;

import org.tandem.collab.clock.Stamp;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.ErrorCode;

/**
 * Hears what happens on this node. It knows no page and no person.
 *
 * <p>Life cycle: ready when constructed.
 *
 * <p>Threads: safe for use by any thread. Calls come for every change, so each returns at once.
 *
 * <p>Failure: none that a caller would see.
 */
public interface Telemetry {

  /** Counts nothing. */
  Telemetry SILENT = new Silent();

  /** What can be looked at from now on; called once. */
  void watch(Levels levels);

  /** A client has its place on a page, from where it was before or from the document. */
  void joined(boolean resumed);

  /** A client was told that its change is saved, so long after the change arrived. */
  void acknowledged(long nanos);

  void refused(ErrorCode code);

  /** This node ended a connection. */
  void closed(CloseCode code);

  /** One transaction: so many pages and revisions of them, after so long. */
  void committed(int pages, int revisions, long nanos);

  /** An append met a page whose head another node had moved. */
  void fenced();

  /** A commit had no answer. */
  void outcomeUnknown();

  /** A page that is open was read from the log again. */
  void reloaded();

  /** A change went to the page's owner on another node. */
  void forwarded();

  /** A revision with this stamp arrived from the node that committed it. */
  void propagated(Stamp stamp);

  /**
   * A breaker opened or closed.
   *
   * @param way the database is asked by, one of a few
   */
  void breaker(Way way, boolean open);

  /** What a breaker stands in. */
  enum Way {
    LOG,
    WIKI
  }
}
