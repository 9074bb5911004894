package org.tandem.api.host;

import java.net.URI;

/**
 * Addresses as people use them, absolute: for a mail, a feed, a program beside the wiki. They begin
 * with the public address that the admin has set. A link within the wiki's own pages needs none of
 * this: {@code /pages/<id>} will do.
 *
 * <p>Threads: safe for use by any thread; nothing is asked of the database, so that an address says
 * nothing of whether there is such a page.
 */
public interface Urls {

  /** The wiki's start page; ends with a slash. */
  URI wiki();

  /** Where a page is read. */
  URI page(PageId page);

  /** Where a page is edited. */
  URI editor(PageId page);

  /**
   * A file of the archive's {@code web} folder. The address changes with the archive, and another
   * version of the plugin does not serve it any more.
   *
   * @param path below {@code web}, with slashes, such as {@code img/sign.svg}; whether there is
   *     such a file is not looked at
   * @throws IllegalArgumentException when the path leads elsewhere: it is empty or begins or ends
   *     with a slash, or a part of it is empty, {@code .} or {@code ..}
   */
  URI file(String path);
}
