/**
 * Arquillian's container is the wiki, and its deployment a plugin archive. Test classes that do not
 * run as clients travel in the archive and run in the plugin's class loader.
 */
@NullMarked
package org.tandem.testkit.container;

import org.jspecify.annotations.NullMarked;
