/**
 * Whether a change of the API's public signatures is announced: by the version and in the change
 * log. {@link org.tandem.api.compatibility.Signatures} makes what is compared, {@link
 * org.tandem.api.compatibility.Baseline} keeps that of the last version, {@link
 * org.tandem.api.compatibility.ApiChange} says what differs, {@link
 * org.tandem.api.compatibility.Announcement} what of it is missing where.
 */
@NullMarked
package org.tandem.api.compatibility;

import org.jspecify.annotations.NullMarked;
