package org.tandem.collab.cluster.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tandem.api.host.PageId;
import org.tandem.collab.cluster.NodeId;

/**
 * One notification: {@code 1 node page rev page rev ...}, the first being the format's version, the
 * parts one blank apart. Anyone with the database can write into the channel, so reading is strict.
 *
 * @param pages at least one, with its revision
 */
record Rings(NodeId from, Map<PageId, Long> pages) {

  /** PostgreSQL takes less than 8,000 bytes; a page and its revision are 56 at the most. */
  private static final int PAGES = 100;

  private static final String VERSION = "1";
  private static final int FIRST_PAGE = 2;
  private static final Pattern NODE = Pattern.compile("[!-~]{1,200}");
  private static final Pattern REV = Pattern.compile("0|[1-9]\\d{0,17}");

  Rings {
    pages = Map.copyOf(pages);
  }

  /** As few notifications as hold all of these. */
  static List<String> write(NodeId from, Map<PageId, Long> pages) {
    List<String> payloads = new ArrayList<>();
    StringBuilder payload = new StringBuilder();
    int held = 0;
    for (Map.Entry<PageId, Long> page : pages.entrySet()) {
      if (held == 0) {
        payload.append(VERSION).append(' ').append(from);
      }
      payload.append(' ').append(page.getKey()).append(' ').append(page.getValue());
      if (++held == PAGES) {
        payloads.add(payload.toString());
        payload.setLength(0);
        held = 0;
      }
    }
    if (held > 0) {
      payloads.add(payload.toString());
    }
    return payloads;
  }

  /** Empty for what is no notification of this version. */
  static Optional<Rings> read(String payload) {
    String[] parts = payload.split(" ", -1);
    boolean whole = parts.length > FIRST_PAGE && parts.length % 2 == 0;
    if (!whole || !parts[0].equals(VERSION) || !NODE.matcher(parts[1]).matches()) {
      return Optional.empty();
    }
    Map<PageId, Long> pages = new LinkedHashMap<>();
    for (int i = FIRST_PAGE; i < parts.length; i += 2) {
      Optional<PageId> page = PageId.parse(parts[i]);
      if (page.isEmpty() || !REV.matcher(parts[i + 1]).matches()) {
        return Optional.empty();
      }
      pages.merge(page.get(), Long.parseLong(parts[i + 1]), Math::max);
    }
    return Optional.of(new Rings(new NodeId(parts[1]), pages));
  }
}
