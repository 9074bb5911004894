package org.tandem.collab.cluster;

import org.tandem.api.host.PageId;

/**
 * Tells other nodes that a page has new revisions, by way of the database: also those that the
 * {@link Cluster} does not reach. It says that there is something, never what: that is in the log.
 *
 * <p>Life cycle: {@link #start} begins to listen, once, and does not wait for it; {@link #close}
 * ends it, after it sent what waits if the database answers, within 3 s.
 *
 * <p>Threads: safe for use by any thread. {@link #ring} never waits; rings of one page that come
 * within about 100 ms go out as one.
 *
 * <p>Failure: while the database does not answer, nothing is heard and what is rung here waits.
 * When it is back the listener hears {@link DoorbellListener#missed}. So a ring is late or lost
 * without a word to who rang, and made good by asking the log.
 *
 * <p>After a crash: what was rung in the last 100 ms may be lost.
 */
public interface Doorbell extends AutoCloseable {

  /**
   * @param self this node, whose own rings it does not hear
   */
  void start(NodeId self, DoorbellListener listener);

  /**
   * The page's log reaches this revision, at least. Does nothing before {@link #start} or after
   * {@link #close}.
   */
  void ring(PageId page, long rev);

  @Override
  void close();
}
