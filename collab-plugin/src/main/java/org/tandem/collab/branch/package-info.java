/**
 * Merging what was written apart. {@link org.tandem.collab.branch.Rebase} brings single changes
 * onto later revisions as clients do, step by step; {@link org.tandem.collab.branch.Merge} brings a
 * whole branch there as a sequence CRDT would.
 */
@NullMarked
package org.tandem.collab.branch;

import org.jspecify.annotations.NullMarked;
