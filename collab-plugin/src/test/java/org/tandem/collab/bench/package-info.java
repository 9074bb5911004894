/**
 * Benchmarks of merged branches, measured and written down as plugin-api's {@code bench} does it.
 * {@link org.tandem.collab.bench.Benchmarks} leads; the peers, yjs and quill-delta, are in {@code
 * webapp/bench/branches.mjs}.
 */
@org.jspecify.annotations.NullMarked
package org.tandem.collab.bench;
