package org.tandem.wiki.page;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Pages;
import org.tandem.api.host.Registration;
import org.tandem.api.host.SavedVersion;
import org.tandem.wiki.content.Contents;
import org.tandem.wiki.space.Space;
import org.tandem.wiki.space.Spaces;
import org.tandem.wiki.store.Announcement;
import org.tandem.wiki.store.Announcements;

/** The wiki's pages as its plugins see them. */
public final class WikiPages implements Pages {

  private final PageTree tree;
  private final Spaces spaces;
  private final Contents contents;
  private final Announcements announcements;

  public WikiPages(PageTree tree, Spaces spaces, Contents contents, Announcements announcements) {
    this.tree = tree;
    this.spaces = spaces;
    this.contents = contents;
    this.announcements = announcements;
  }

  @Override
  public Optional<Page> page(PageId page) {
    return tree.page(page)
        .flatMap(
            entry ->
                spaces
                    .space(entry.space())
                    .map(Space::key)
                    .map(key -> new Page(entry.id(), entry.title(), key)));
  }

  @Override
  public Optional<PageContent> content(PageId page) {
    return contents.content(page);
  }

  @Override
  public List<SavedVersion> savedAlone(PageId page) {
    return contents.savedAlone(page);
  }

  @Override
  public boolean publish(PageId page, SavedVersion version, long takenOver) {
    return contents.publish(page, version, takenOver);
  }

  @Override
  public Registration onDeleted(Consumer<PageId> listener) {
    return announcements.listen(
        announcement -> {
          if (announcement instanceof Announcement.PageDeleted deleted) {
            listener.accept(deleted.page());
          }
        });
  }
}
