package org.tandem.wiki.installation;

/**
 * A hook of a plugin that is left out after repeated faults, on this node.
 *
 * @param hook the kind and the name that the plugin gave it
 * @param page its id; empty for all pages
 * @param goesOnSeconds how long until it is tried again
 */
public record SwitchedOff(String hook, String page, long goesOnSeconds) {}
