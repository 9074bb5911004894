package org.tandem.collab.cluster;

import org.tandem.api.host.PageId;

/** Hears the doorbell. Called on its thread, one call at a time; a call returns at once. */
public interface DoorbellListener {

  /**
   * Another node knows the page's log to reach this revision. May come twice, late, or after a
   * higher one.
   */
  void rung(NodeId from, PageId page, long rev);

  /**
   * What was rung until now may not have been heard, what is rung from now on will be. Also comes
   * once the doorbell first listens.
   */
  void missed();
}
