package org.tandem.collab.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Pages;
import org.tandem.api.host.Registration;
import org.tandem.api.host.SavedVersion;
import org.tandem.api.host.UserId;

/** The host: pages that everybody may edit. It refuses what would take a page back. */
final class SimulatedWiki implements Pages, AccessControl {

  private final Map<PageId, PageContent> contents = new HashMap<>();

  void add(PageId page, Delta document) {
    contents.put(page, new PageContent(0, document));
  }

  @Override
  public Optional<Page> page(PageId asked) {
    return content(asked).map(there -> new Page(asked, "A page", "space"));
  }

  @Override
  public Optional<PageContent> content(PageId asked) {
    return Optional.ofNullable(contents.get(asked));
  }

  @Override
  public List<SavedVersion> savedAlone(PageId asked) {
    return List.of();
  }

  @Override
  public boolean publish(PageId asked, SavedVersion version, long takenOver) {
    contents.computeIfPresent(
        asked,
        (page, known) ->
            version.rev() > known.rev()
                ? new PageContent(version.rev(), version.document())
                : known);
    return true;
  }

  @Override
  public Registration onDeleted(Consumer<PageId> listener) {
    return () -> {};
  }

  @Override
  public Access access(PageId asked, UserId user) {
    return Access.EDIT;
  }

  @Override
  public Registration onChange(Consumer<AccessChange> listener) {
    return () -> {};
  }
}
