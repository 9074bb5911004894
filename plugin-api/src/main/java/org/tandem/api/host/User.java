package org.tandem.api.host;

/**
 * A person who signs in.
 *
 * @param id stays the same for the whole life of the account
 * @param name shown to others, at most 80 characters
 * @param color of the caret and the name tag, {@code #rrggbb}
 * @param admin whether the person administers the wiki
 */
public record User(UserId id, String name, String color, boolean admin) {}
