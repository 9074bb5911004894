/** The frames of the wire protocol, version 1, as types, and their JSON codec. See PROTOCOL.md. */
@NullMarked
package org.tandem.collab.protocol;

import org.jspecify.annotations.NullMarked;
