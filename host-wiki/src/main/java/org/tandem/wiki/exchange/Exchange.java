package org.tandem.wiki.exchange;

import java.util.List;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.format.Looks;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;

/**
 * The exporters and importers of the plugins that run. Threads: safe for use by any thread; a call
 * of one waits for the plugin, some 15 s at the most.
 */
public interface Exchange {

  /** Bytes of an exported file at the most. */
  int MOST_EXPORTED = 20 * 1024 * 1024;

  /** Bytes of a file that is imported at the most. */
  int MOST_IMPORTED = 10 * 1024 * 1024;

  /** Says that a page is to be had as a file of this kind. */
  record ExportForm(String plugin, String name, String label, String mediaType, String extension) {}

  /**
   * Says that files of this kind are read.
   *
   * @param extensions without the dot, in lower case; at least one
   */
  record ImportForm(String plugin, String name, String label, List<String> extensions) {}

  /** What pages are to be had as, by plugin, those of one in the order of their registration. */
  List<ExportForm> exporters();

  /** What is read, in the same order. */
  List<ImportForm> importers();

  Exported export(String plugin, String name, Page page, PageContent content, Looks looks);

  /**
   * Has a file read.
   *
   * @param fileName without folders; empty when nobody said
   */
  Imported read(String plugin, String name, byte[] file, String fileName);

  /** What became of an export. */
  sealed interface Exported {

    record Done(ExportForm form, byte[] file) implements Exported {}

    record NotDone(Failure failure) implements Exported {}
  }

  /** What became of an import. */
  sealed interface Imported {

    /**
     * @param title may be empty, or none
     * @param document keeps every rule
     */
    record Done(String title, Delta document) implements Imported {}

    /**
     * @param reason the plugin's
     */
    record Refused(String reason) implements Imported {}

    record NotDone(Failure failure) implements Imported {}
  }

  /**
   * Nothing came of it.
   *
   * @param how what the plugin did, for the person: goes on after its name; empty for nothing that
   *     a person can make sense of
   */
  record Failure(Obstacle obstacle, String how) {}

  /** Why nothing came of it. */
  enum Obstacle {
    /** No plugin that runs has this. */
    UNKNOWN,
    /** It threw, took too long, or gave what cannot be used. */
    FAULT,
    /** It is left out after repeated faults. */
    OFF,
    /** Too many others wait. */
    BUSY
  }
}
