package org.tandem.wiki.search;

import java.util.List;
import org.tandem.api.host.PageId;
import org.tandem.wiki.space.Space;

/** A page that was found, with its title and the part of its text that fits best. */
public record Hit(PageId page, Space space, List<Piece> title, List<Piece> excerpt) {}
