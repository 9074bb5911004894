/** HTML pages to change a page's content: the plugin's editor, or a form of the wiki's own. */
@NullMarked
package org.tandem.wiki.view.edit;

import org.jspecify.annotations.NullMarked;
