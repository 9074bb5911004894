package org.tandem.api.plugin;

/**
 * How a plugin is, in a sentence.
 *
 * @param good whether it works as it should
 * @param sentence plain text for the admin: what works, or what does not and what to do
 */
public record Health(boolean good, String sentence) {}
