/** What the admin has set: read from the environment and a properties file, and validated. */
@NullMarked
package org.tandem.wiki.settings;

import org.jspecify.annotations.NullMarked;
