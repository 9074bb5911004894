package org.tandem.collab.runtime;

import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageId;
import org.tandem.collab.cluster.ClusterListener;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.ClusterView;
import org.tandem.collab.cluster.DoorbellListener;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.protocol.ErrorCode;

/**
 * The other nodes' events, by the cluster and by the doorbell, passed on to the pages concerned.
 * Threads: the cluster's and the doorbell's; nothing waits.
 */
final class OtherNodes implements ClusterListener, DoorbellListener {

  private static final Logger log = LoggerFactory.getLogger(OtherNodes.class);
  private static final long MESSAGE_COMES_WITHIN = 200;

  private final Ports ports;
  private final Workers workers;
  private final OpenPages pages;
  private final Audience audience;
  private final BooleanSupplier draining;
  private final Runnable viewChanged;

  /**
   * @param viewChanged called after the pages heard of a new view
   */
  OtherNodes(
      Ports ports,
      Workers workers,
      OpenPages pages,
      Audience audience,
      BooleanSupplier draining,
      Runnable viewChanged) {
    this.ports = ports;
    this.workers = workers;
    this.pages = pages;
    this.audience = audience;
    this.draining = draining;
    this.viewChanged = viewChanged;
  }

  @Override
  public void rung(NodeId from, PageId page, long rev) {
    if (!pages.isOpen(page)) {
      return;
    }
    Runnable tell = () -> pages.onOpen(page, here -> here.rung(from, rev));
    if (ports.cluster().view().nodes().contains(from)) {
      // Its message has the revisions themselves, and should be here before.
      workers.later(MESSAGE_COMES_WITHIN, tell);
    } else {
      tell.run();
    }
  }

  @Override
  public void missed() {
    pages.all().forEach(page -> page.post(page::catchUp));
  }

  @Override
  public void view(ClusterView view) {
    log.info("Nodes in view: {}", view.nodes());
    audience.keepOnly(view.nodes());
    if (draining.getAsBoolean()) {
      return;
    }
    pages.announce();
    pages.all().forEach(page -> page.post(() -> page.view(view.nodes())));
    viewChanged.run();
  }

  @Override
  public void message(NodeId from, ClusterMessage message) {
    if (message instanceof ClusterMessage.Opened opened) {
      for (PageId page : opened.pages()) {
        audience.opened(page, from);
        pages.onOpen(page, here -> here.opened(from));
      }
    } else if (message instanceof ClusterMessage.Closed closed) {
      audience.closed(closed.page(), from);
    } else if (message instanceof ClusterMessage.Submit submit) {
      submit(from, submit);
    } else if (message instanceof ClusterMessage.OfPage told) {
      pages.message(from, told);
    }
  }

  private void submit(NodeId from, ClusterMessage.Submit submit) {
    if (draining.getAsBoolean()) {
      RemoteAuthor.of(ports.cluster(), from, submit)
          .refused(submit.submission().seq(), ErrorCode.UNAVAILABLE, PageSequencer.AWAY);
    } else {
      pages.submit(from, submit);
    }
  }
}
