package org.tandem.api.editor;

import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

/**
 * A change that has its place.
 *
 * @param page whose document it changes
 * @param rev the page's revision that it makes
 * @param author who wrote it
 * @param change takes the document at {@code rev - 1} to the one at {@code rev}; empty for a change
 *     that nothing was left of
 */
public record PageChange(PageId page, long rev, UserId author, Delta change) {}
