/** Merging what was written apart: a branch of changes brought onto later revisions. */
@NullMarked
package org.tandem.collab.branch;

import org.jspecify.annotations.NullMarked;
