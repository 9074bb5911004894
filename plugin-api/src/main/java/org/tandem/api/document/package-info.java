/**
 * Documents: the check of changes, the document that is held live, its canonical hash and its text.
 * What they are made of is in {@code format}; what they mean in {@code tree}; how they are shown in
 * {@code html} and {@code markdown}. {@code format} knows none of the others, and the live document
 * nothing of what it means.
 */
@NullMarked
package org.tandem.api.document;

import org.jspecify.annotations.NullMarked;
