/** Hybrid logical clocks: stamps that respect causality and stay close to the wall clock. */
@NullMarked
package org.tandem.collab.clock;

import org.jspecify.annotations.NullMarked;
