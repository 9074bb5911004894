package org.tandem.api.host;

/**
 * A page without its content.
 *
 * @param id stays the same when the page is renamed
 * @param title as its readers see it
 * @param space key of the space that holds it, as in addresses
 */
public record Page(PageId id, String title, String space) {}
