package org.tandem.api.host;

/**
 * A page without its content.
 *
 * @param space key of the space that holds it, as in addresses
 */
public record Page(PageId id, String title, String space) {}
