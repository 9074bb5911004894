package org.tandem.wiki.plugin;

/** A plugin in the plugins folder. */
public record InstalledPlugin(String id, String version, boolean running) {}
