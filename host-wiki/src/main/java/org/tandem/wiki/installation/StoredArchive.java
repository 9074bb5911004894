package org.tandem.wiki.installation;

/**
 * An archive in the database.
 *
 * @param hash SHA-256 of the file in lower-case hexadecimal digits
 * @param version of the plugin
 * @param size in bytes
 */
public record StoredArchive(String hash, String version, long size) {}
