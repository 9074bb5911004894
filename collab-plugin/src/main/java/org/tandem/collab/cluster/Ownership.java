package org.tandem.collab.cluster;

import java.util.Comparator;
import org.tandem.api.host.PageId;

/**
 * Who orders a page's changes: rendezvous hashing (Thaler and Ravishankar 1998). Each node scores
 * each page and the highest score owns it, so a node that comes or goes moves only its own pages.
 */
public final class Ownership {

  private Ownership() {}

  public static NodeId owner(ClusterView view, PageId page) {
    return view.nodes().stream()
        .max(
            Comparator.<NodeId>comparingLong(node -> score(node, page)).thenComparing(node -> node))
        .orElseThrow(() -> new IllegalArgumentException("a view holds at least one node"));
  }

  private static long score(NodeId node, PageId page) {
    long hash = page.value().getMostSignificantBits();
    hash = mix(hash ^ page.value().getLeastSignificantBits());
    for (int i = 0; i < node.value().length(); i++) {
      hash = mix(hash + node.value().charAt(i));
    }
    return hash;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mix(long bits) {
    long z = bits + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
