package org.tandem.wiki.plugin.hook;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.tandem.api.exchange.Exporter;
import org.tandem.api.exchange.Importer;
import org.tandem.api.exchange.SearchText;
import org.tandem.wiki.exchange.Exchange;
import org.tandem.wiki.store.Names;

/** A plugin's code with what it said of itself when it was registered: it is asked once. */
public sealed interface Offered {

  /** The plugin's own object. */
  Object code();

  record OfExport(Exporter code, Exchange.ExportForm form) implements Offered {

    /**
     * @throws IllegalArgumentException when it says something of itself that cannot be
     */
    public static OfExport of(String plugin, Exporter code) {
      String extension = code.extension();
      Rules.extension(extension);
      return new OfExport(
          code,
          new Exchange.ExportForm(
              plugin,
              Rules.name(code.name()),
              Rules.label(code.label()),
              Rules.mediaType(code.mediaType()),
              extension));
    }
  }

  record OfImport(Importer code, Exchange.ImportForm form) implements Offered {

    /**
     * @throws IllegalArgumentException when it says something of itself that cannot be
     */
    public static OfImport of(String plugin, Importer code) {
      List<String> extensions = List.copyOf(code.extensions());
      extensions.forEach(Rules::extension);
      if (extensions.isEmpty() || extensions.size() > Rules.MOST_EXTENSIONS) {
        throw new IllegalArgumentException(
            "An importer has 1 to " + Rules.MOST_EXTENSIONS + " extensions");
      }
      return new OfImport(
          code,
          new Exchange.ImportForm(
              plugin, Rules.name(code.name()), Rules.label(code.label()), extensions));
    }
  }

  record OfSearch(SearchText code, String edition) implements Offered {

    /**
     * @throws IllegalArgumentException when its edition is too long
     */
    public static OfSearch of(SearchText code) {
      String edition = Objects.requireNonNull(code.edition());
      if (edition.length() > Rules.LONGEST_EDITION) {
        throw new IllegalArgumentException(
            "An edition has at most " + Rules.LONGEST_EDITION + " characters");
      }
      return new OfSearch(code, edition);
    }
  }

  /** What may be said. */
  final class Rules {

    private static final int LONGEST_LABEL = 80;
    private static final int LONGEST_EDITION = 100;
    private static final int MOST_EXTENSIONS = 20;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern EXTENSION =
        Pattern.compile("[a-z0-9]{1,10}(?:\\.[a-z0-9]{1,10})?");
    private static final Pattern MEDIA_TYPE =
        Pattern.compile("[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,99}(?:; ?charset=[a-zA-Z0-9-]{1,20})?");

    private Rules() {}

    private static String name(String name) {
      return matching(NAME, name, "a name");
    }

    private static void extension(String extension) {
      matching(EXTENSION, extension, "the end of a file's name");
    }

    private static String mediaType(String type) {
      return matching(MEDIA_TYPE, type, "a media type");
    }

    private static String label(String label) {
      return Names.clean(label, LONGEST_LABEL)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "A label has 1 to " + LONGEST_LABEL + " characters: " + label));
    }

    private static String matching(Pattern rule, String said, String what) {
      if (!rule.matcher(said).matches()) {
        throw new IllegalArgumentException("\"" + said + "\" is not " + what);
      }
      return said;
    }
  }
}
