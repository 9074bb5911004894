package org.tandem.api.host;

import org.tandem.api.delta.Delta;

/**
 * The content of a page at a revision.
 *
 * @param rev from 0, the empty page or its first import
 * @param document inserts alone, ends with a newline
 */
public record PageContent(long rev, Delta document) {}
