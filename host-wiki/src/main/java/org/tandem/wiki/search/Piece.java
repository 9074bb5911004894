package org.tandem.wiki.search;

/**
 * A run of text to be shown.
 *
 * @param hit whether it is what was searched for
 */
public record Piece(String text, boolean hit) {}
