package org.tandem.wiki.installation;

/**
 * Something that a running plugin adds to the wiki, for the admin.
 *
 * @param kind what it is, in a word or two
 * @param name which one
 */
public record Contribution(String kind, String name) {}
