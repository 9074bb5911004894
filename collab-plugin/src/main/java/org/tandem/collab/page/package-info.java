/** A page's order, decided: a state and a submission give a decision, without I/O. */
@NullMarked
package org.tandem.collab.page;

import org.jspecify.annotations.NullMarked;
