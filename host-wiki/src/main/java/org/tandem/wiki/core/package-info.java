/** Wires the wiki's pages, people, rights and their two faces, REST and HTML. */
@NullMarked
package org.tandem.wiki.core;

import org.jspecify.annotations.NullMarked;
