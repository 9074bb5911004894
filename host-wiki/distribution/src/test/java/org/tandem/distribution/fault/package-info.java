/**
 * Several people write while a part of the system fails for real: processes are killed or stopped,
 * connections cut. What every client saw is kept and judged by {@link
 * org.tandem.distribution.fault.HistoryCheck}.
 */
@NullMarked
package org.tandem.distribution.fault;

import org.jspecify.annotations.NullMarked;
