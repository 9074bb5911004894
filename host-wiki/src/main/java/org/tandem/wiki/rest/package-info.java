/** The wiki's REST interface: JSON in and out, problems after RFC 9457. */
@NullMarked
package org.tandem.wiki.rest;

import org.jspecify.annotations.NullMarked;
