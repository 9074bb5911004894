package org.tandem.wiki.gate;

import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.wiki.page.PageEntry;
import org.tandem.wiki.space.Space;

/** A person at a page that she may see. */
public record PageVisit(User user, PageEntry page, Space space, Access access) {

  public PageId id() {
    return page.id();
  }
}
