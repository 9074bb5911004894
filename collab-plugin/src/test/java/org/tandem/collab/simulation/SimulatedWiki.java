package org.tandem.collab.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Pages;
import org.tandem.api.host.Registration;
import org.tandem.api.host.SavedVersion;
import org.tandem.api.host.UserId;

/** The host's pages. It refuses what would take a page back, or lose what was saved alone. */
final class SimulatedWiki implements Pages {

  private static final class Content {
    private PageContent newest;
    private long published;
    private final List<SavedVersion> alone = new ArrayList<>();

    Content(PageContent first) {
      newest = first;
    }
  }

  private final Map<PageId, Content> contents = new HashMap<>();
  private final Set<PageId> deleted = new HashSet<>();

  void add(PageId page, Delta document) {
    contents.put(page, new Content(new PageContent(0, document)));
  }

  /** Deletes a page; who tells the nodes is another's business. */
  void delete(PageId page) {
    contents.remove(page);
    deleted.add(page);
  }

  boolean isDeleted(PageId page) {
    return deleted.contains(page);
  }

  /** Saves without an authority, where the plugin is off, on top of what the wiki has. */
  void saveAlone(PageId page, UserId author, Delta change) {
    Content content = contents.get(page);
    long rev = content.newest.rev() + 1;
    Delta document = content.newest.document().compose(change);
    content.newest = new PageContent(rev, document);
    content.alone.add(new SavedVersion(rev, document, Set.of(author), Instant.EPOCH));
  }

  @Override
  public Optional<Page> page(PageId asked) {
    return content(asked).map(there -> new Page(asked, "A page", "space"));
  }

  @Override
  public Optional<PageContent> content(PageId asked) {
    return Optional.ofNullable(contents.get(asked)).map(content -> content.newest);
  }

  @Override
  public List<SavedVersion> savedAlone(PageId asked) {
    return Optional.ofNullable(contents.get(asked))
        .map(content -> List.copyOf(content.alone))
        .orElse(List.of());
  }

  @Override
  public boolean publish(PageId asked, SavedVersion version, long takenOver) {
    Content content = contents.get(asked);
    if (content == null || version.rev() <= content.published) {
      return true;
    }
    if (!content.alone.isEmpty() && content.newest.rev() > takenOver) {
      return false;
    }
    content.alone.clear();
    content.newest = new PageContent(version.rev(), version.document());
    content.published = version.rev();
    return true;
  }

  @Override
  public Registration onDeleted(Consumer<PageId> listener) {
    return () -> {};
  }
}
