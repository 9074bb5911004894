package org.tandem.api.exchange;

import java.io.IOException;
import java.util.List;
import org.tandem.api.delta.Delta;

/**
 * Makes the content of a new page from a file. The host makes the page, for whoever brought the
 * file and may make pages there.
 *
 * <p>Life cycle: offered from its registration until that is closed; calls may still be under way
 * then. Its name, label and extensions are asked once, at the registration.
 *
 * <p>Threads: called by threads of the host, for several people at once.
 *
 * <p>Failure: a file has 10 MB at the most, and a call 10 s. One that throws, takes longer or makes
 * a document that {@link org.tandem.api.document.DocumentCheck} refuses is a fault: the person is
 * told that this plugin could not read the file, and nothing is stored. One that takes longer is
 * interrupted and given up; after three such calls in a row the importer is left out on that node
 * for ten minutes. A plugin with three threads that hang has all its hooks off on that node.
 */
public interface Importer {

  /**
   * Unlike those of the plugin's other importers, and part of addresses: at most 40 lower-case
   * letters, digits and hyphens.
   */
  String name();

  /** What people choose it by, such as {@code Comma-separated values}: 1 to 80 characters. */
  String label();

  /**
   * How the names of its files end, without the dot and in lower case: such as {@code csv}. It is
   * what a file is read by when nobody says another way; there is one at least.
   */
  List<String> extensions();

  /**
   * Reads a file.
   *
   * @param file all of it; nobody else has this array
   * @param fileName as the person has it, without folders; empty when nobody said
   * @throws IOException when the file cannot be read, which is a fault of the plugin: a file that
   *     is at fault itself is {@link Outcome.Refused}
   */
  Outcome read(byte[] file, String fileName) throws IOException;

  /** What became of a file. */
  sealed interface Outcome {

    /**
     * The page can be made.
     *
     * @param title what the page is called when the person gives no title; empty for the file's
     *     name
     * @param document inserts alone, ends with a newline
     */
    record Imported(String title, Delta document) implements Outcome {}

    /**
     * The file is none of those that this reads.
     *
     * @param reason one sentence to the person that says what to do, at most {@value #LONGEST}
     *     characters
     */
    record Refused(String reason) implements Outcome {

      /** Characters of a reason at the most. */
      public static final int LONGEST = 300;

      /**
       * @throws IllegalArgumentException if the reason is blank or too long
       */
      public Refused {
        if (reason.isBlank() || reason.length() > LONGEST) {
          throw new IllegalArgumentException("a reason has 1 to " + LONGEST + " characters");
        }
      }
    }
  }
}
