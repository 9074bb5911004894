/** What a plugin may add to editing: the authority over pages and the editor's front end. */
@NullMarked
package org.tandem.api.editor;

import org.jspecify.annotations.NullMarked;
