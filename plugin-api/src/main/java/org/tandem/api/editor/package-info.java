/**
 * What a plugin may add to editing: the authority over pages, the editor's front end, checks of
 * changes and who hears of them.
 */
@NullMarked
package org.tandem.api.editor;

import org.jspecify.annotations.NullMarked;
