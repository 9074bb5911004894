/** The plugin's entry, its wiring and its settings; the only place that makes adapters. */
@NullMarked
package org.tandem.collab;

import org.jspecify.annotations.NullMarked;
