package org.tandem.wiki.installation;

/**
 * A file of the plugins folder of this node that was not installed.
 *
 * @param reason one sentence for the admin
 */
public record RefusedArchive(String file, String reason) {}
