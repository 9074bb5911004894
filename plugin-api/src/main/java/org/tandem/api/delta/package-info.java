/** The algebra of rich text: operations, deltas and their laws, after the Quill delta format. */
@NullMarked
package org.tandem.api.delta;

import org.jspecify.annotations.NullMarked;
