package org.tandem.wiki.access;

import java.util.Optional;
import java.util.UUID;
import org.tandem.api.host.PageId;

/** What a grant stands on. */
public sealed interface Scope {

  record OfPage(PageId page) implements Scope {}

  record OfSpace(UUID space) implements Scope {}

  /** The page, when it is one. */
  default Optional<PageId> pageOnly() {
    return this instanceof OfPage ofPage ? Optional.of(ofPage.page()) : Optional.empty();
  }
}
