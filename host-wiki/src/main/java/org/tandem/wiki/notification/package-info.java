/** What people are told of their pages. */
@NullMarked
package org.tandem.wiki.notification;

import org.jspecify.annotations.NullMarked;
