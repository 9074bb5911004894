/**
 * The glossary guard. {@link org.tandem.sample.glossary.GlossaryPlugin} is the entry: what it
 * registers leads to everything else. What is protected is decided by pure functions ({@code
 * Outline}, {@code Protection}, {@code Term}), which know no host.
 */
@NullMarked
package org.tandem.sample.glossary;

import org.jspecify.annotations.NullMarked;
