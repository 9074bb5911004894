/** The addresses that plugins serve: calls, sockets and files, each answered by the host first. */
@NullMarked
package org.tandem.wiki.plugin.route;

import org.jspecify.annotations.NullMarked;
