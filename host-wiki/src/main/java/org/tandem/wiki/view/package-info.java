/**
 * What all HTML pages of the wiki share: templates, the frame around a page, answers to failures.
 */
@NullMarked
package org.tandem.wiki.view;

import org.jspecify.annotations.NullMarked;
