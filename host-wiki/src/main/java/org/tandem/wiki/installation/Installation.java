package org.tandem.wiki.installation;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The plugins of the wiki as administrators see and change them, on any node. What is done is tried
 * on this node first, and the other nodes follow within seconds. Whoever calls has asked for the
 * rights.
 *
 * <p>Threads: safe for use by any thread; one change at a time. A change returns when this node has
 * made it, which may take as long as a plugin takes to start; one that would have to wait long for
 * another is {@link ActOutcome.Busy}. Failure: {@link java.io.UncheckedIOException} when the
 * database does not answer; nothing was changed then.
 */
public interface Installation {

  /** All plugins by id, the removed ones last. */
  List<InstalledPlugin> plugins();

  Optional<InstalledPlugin> plugin(String id);

  /** What this node does with a plugin just now; empty when nothing is under way. */
  Optional<UnderWay> underWay();

  /** What stands in the plugins folder of this node and was not installed. */
  List<RefusedArchive> refusedArchives();

  /**
   * Installs what was uploaded, in place of an archive with the same id, and enables it.
   *
   * @param upload whose pieces are all there
   * @param file the name that the archive had, for what is said of it
   * @param by the name of the admin, here and below
   */
  ActOutcome install(UUID upload, String file, String by);

  /** Has all nodes run it; one that failed tries again. */
  ActOutcome enable(String id, String by);

  /** Has all nodes stop it. */
  ActOutcome disable(String id, String by);

  /** Has all nodes run the archive before the last upgrade; done twice, all is as it was. */
  ActOutcome rollBack(String id, String by);

  /** Has all nodes stop it, and takes it from the list; its data stays. */
  ActOutcome remove(String id, String by);

  /**
   * Deletes the data of a plugin that was removed, in the database and on all nodes that run, and
   * forgets it. There is no way back.
   */
  ActOutcome deleteData(String id, String by);
}
