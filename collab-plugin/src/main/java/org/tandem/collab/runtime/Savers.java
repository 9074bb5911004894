package org.tandem.collab.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/** The host's saves that wait for their place. All calls come in the page's mailbox. */
final class Savers {

  private final Map<ClientId, HostSave> waiting = new HashMap<>();

  /**
   * Notes a save until it has its outcome.
   *
   * @param mailbox the page's, by which it is forgotten
   */
  void add(ClientId client, HostSave save, Consumer<Runnable> mailbox) {
    waiting.put(client, save);
    save.outcome().whenComplete((outcome, none) -> mailbox.accept(() -> waiting.remove(client)));
  }

  void committed(Revision revision) {
    HostSave save = waiting.get(revision.client());
    if (save != null) {
      save.committed(revision);
    }
  }

  /** Nobody can tell what becomes of them here. */
  void giveUp() {
    List.copyOf(waiting.values()).forEach(HostSave::uncertain);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
