package org.tandem.api.document;

import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.markdown.MarkdownRenderer;
import org.tandem.api.delta.Delta;

/**
 * Markdown in and out: CommonMark with strikethrough and task lists. Underline is {@code <u>};
 * other HTML is text. What Markdown cannot say is left out on the way out: empty lines, indentation
 * of paragraphs, blanks at the edge of a format. Threads: safe for use by any thread.
 */
public final class Markdown {

  private static final List<Extension> EXTENSIONS =
      List.of(StrikethroughExtension.create(), TaskListItemsExtension.create());

  private static final Parser PARSER =
      Parser.builder().extensions(EXTENSIONS).includeSourceSpans(IncludeSourceSpans.NONE).build();

  private static final MarkdownRenderer RENDERER =
      MarkdownRenderer.builder().extensions(List.of(StrikethroughExtension.create())).build();

  private Markdown() {}

  /** A valid document, whatever the text is. */
  public static Delta read(String markdown) {
    MarkdownReader reader = new MarkdownReader();
    PARSER.parse(clean(markdown)).accept(reader);
    return reader.document();
  }

  /** Without what no document holds: control characters and halves of surrogate pairs. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .codePoints()
        .filter(c -> c == '\n' || c == '\t' || (c >= ' ' && c != 0x7f))
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  public static String write(Delta document) {
    return RENDERER.render(new MarkdownWriter().document(BlockTree.of(document)));
  }
}
