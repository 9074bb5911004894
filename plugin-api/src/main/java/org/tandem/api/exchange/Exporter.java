package org.tandem.api.exchange;

import java.io.IOException;
import java.io.OutputStream;
import org.tandem.api.document.format.Looks;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;

/**
 * Writes a page as a file of another kind, which whoever may view the page can download.
 *
 * <p>Life cycle: offered from its registration until that is closed; calls may still be under way
 * then. Its name, label, media type and extension are asked once, at the registration.
 *
 * <p>Threads: called by threads of the host, for several people at once.
 *
 * <p>Failure: a call has 10 s and may write 20 MB. One that throws, takes longer or writes more is
 * a fault: the person is told that this plugin could not export the page, and gets no file. One
 * that takes longer is interrupted and given up; after three such calls in a row on one page the
 * exporter is left out there on that node for ten minutes. A plugin with three threads that hang
 * has all its hooks off on that node.
 */
public interface Exporter {

  /**
   * Unlike those of the plugin's other exporters, and part of addresses: at most 40 lower-case
   * letters, digits and hyphens.
   */
  String name();

  /** What people choose it by, such as {@code Comma-separated values}: 1 to 80 characters. */
  String label();

  /** Of the files, such as {@code text/csv; charset=utf-8}. Browsers keep them, and show none. */
  String mediaType();

  /** With which the names of the files end, without the dot: such as {@code csv}. */
  String extension();

  /**
   * Writes the file.
   *
   * @param page whose title the file gets as its name
   * @param content the newest that is committed
   * @param looks how the formats of all plugins look in this content, for whoever renders it with
   *     {@link org.tandem.api.document.html.Html} or {@link
   *     org.tandem.api.document.markdown.Markdown}
   * @param out takes the file's bytes; does not need to be closed, and throws when there are too
   *     many or the call was given up
   * @throws IOException when the file cannot be written
   */
  void export(Page page, PageContent content, Looks looks, OutputStream out) throws IOException;
}
