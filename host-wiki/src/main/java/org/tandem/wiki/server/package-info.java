/** The web server: Jetty, the headers of every answer, error pages, static files, health. */
@NullMarked
package org.tandem.wiki.server;

import org.jspecify.annotations.NullMarked;
