package org.tandem.wiki.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.tandem.api.document.markdown.Markdown;
import org.tandem.api.host.UserId;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.page.NewPage;
import org.tandem.wiki.page.PageEntry;
import org.tandem.wiki.page.PageTree;
import org.tandem.wiki.page.Place;
import org.tandem.wiki.page.TreeOutcome;
import org.tandem.wiki.store.Names;

/**
 * Files as new pages: in the wiki's own way and in those of plugins. Rights were asked before.
 * Threads: safe for use by any thread.
 */
public final class Imports {

  /**
   * A way to import a file.
   *
   * @param path behind the space's address and {@code imports/}
   * @param plugin its id; empty for the wiki itself
   */
  public record Way(
      String path, String plugin, String name, String label, List<String> extensions) {

    private static Way of(Exchange.ImportForm form) {
      return new Way(
          form.plugin() + "/" + form.name(),
          form.plugin(),
          form.name(),
          form.label(),
          form.extensions());
    }

    /** Whether files that are called so are its. */
    boolean fits(String fileName) {
      String name = fileName.toLowerCase(Locale.ROOT);
      return extensions.stream().anyMatch(extension -> name.endsWith("." + extension));
    }
  }

  /**
   * A file that somebody brings.
   *
   * @param name as it was sent, with folders and whatever else
   */
  public record Brought(String name, byte[] content) {

    /** Without folders and what cannot be seen; empty when there is none. */
    String clean() {
      String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
      return Names.clean(cut(last), LONGEST_NAME).orElse("");
    }

    private static String cut(String name) {
      int characters = name.codePointCount(0, name.length());
      // The end says what kind of file it is.
      return characters <= LONGEST_NAME
          ? name
          : name.substring(name.offsetByCodePoints(0, characters - LONGEST_NAME));
    }
  }

  private static final int LONGEST_NAME = 200;
  private static final Way MARKDOWN =
      new Way("markdown", "", "markdown", "Markdown", List.of("md", "markdown", "txt"));

  private final Exchange exchange;
  private final PageTree tree;

  public Imports(Exchange exchange, PageTree tree) {
    this.exchange = exchange;
    this.tree = tree;
  }

  /** The ways that there are now, the wiki's own first. */
  public List<Way> ways() {
    return Stream.concat(Stream.of(MARKDOWN), exchange.importers().stream().map(Way::of)).toList();
  }

  /**
   * The way of a path.
   *
   * @throws Refusal 404 when there is none
   */
  public Way way(String path) {
    return ways().stream()
        .filter(way -> way.path().equals(path))
        .findFirst()
        .orElseThrow(() -> Faults.unknown("read this file"));
  }

  /**
   * The way to read a file by its name; a plugin's goes before the wiki's own.
   *
   * @throws Refusal 422 when there is none
   */
  public Way wayFor(Brought file) {
    List<Way> ways = new ArrayList<>(ways());
    ways.remove(MARKDOWN);
    ways.add(MARKDOWN);
    return ways.stream()
        .filter(way -> way.fits(file.clean()))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    422, "The name of the file does not say how to read it: choose what it is."));
  }

  /**
   * Makes a page of the file, or nothing.
   *
   * @param typed the title; empty for the file's own
   * @throws Refusal when nothing comes of it
   */
  public PageEntry bring(Way way, Brought file, Place place, String typed, UserId author) {
    Exchange.Imported.Done read = read(way, file);
    String title = typed.isBlank() ? title(read.title(), file) : typed;
    TreeOutcome outcome =
        tree.create(
            new NewPage(
                place.space(), place.parent(), title, author, Optional.of(read.document())));
    if (outcome instanceof TreeOutcome.Done done) {
      return done.page();
    }
    throw outcome instanceof TreeOutcome.Refused refused
        ? new Refusal(422, refused.reason())
        : new Refusal(404, "There is no such place for a page any more: choose another.");
  }

  private Exchange.Imported.Done read(Way way, Brought file) {
    if (way.plugin().isEmpty()) {
      return new Exchange.Imported.Done("", Markdown.read(text(file.content())));
    }
    Exchange.Imported imported =
        exchange.read(way.plugin(), way.name(), file.content(), file.clean());
    if (imported instanceof Exchange.Imported.Done done) {
      return done;
    } else if (imported instanceof Exchange.Imported.Refused refused) {
      throw new Refusal(422, refused.reason());
    }
    Exchange.Failure failure = ((Exchange.Imported.NotDone) imported).failure();
    throw Faults.of(failure, way.plugin(), "read this file");
  }

  private static String text(byte[] file) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      // Windows programs mark UTF-8 so.
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException broken) {
      throw new Refusal(422, "The file is no text in UTF-8: save it so, or choose what it is.");
    }
  }

  private static String title(String said, Brought file) {
    String stem = file.clean().replaceFirst("(?<=.)\\.[^.]*$", "");
    return Stream.of(said, stem)
        .flatMap(any -> Names.clean(cut(any), PageEntry.TITLE_LIMIT).stream())
        .findFirst()
        .orElse("Imported page");
  }

  private static String cut(String title) {
    int characters = title.codePointCount(0, title.length());
    return characters <= PageEntry.TITLE_LIMIT
        ? title
        : title.substring(0, title.offsetByCodePoints(0, PageEntry.TITLE_LIMIT));
  }
}
