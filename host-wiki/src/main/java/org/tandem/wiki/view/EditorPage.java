package org.tandem.wiki.view;

import java.util.List;

/**
 * The files of the editor that a running plugin brings, as addresses.
 *
 * @param module address of the ES module
 */
public record EditorPage(String module, List<String> styles) {}
