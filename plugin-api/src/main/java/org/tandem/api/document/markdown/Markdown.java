package org.tandem.api.document.markdown;

import java.util.List;
import java.util.Optional;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.markdown.MarkdownRenderer;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.format.Looks;
import org.tandem.api.document.tree.Block;
import org.tandem.api.document.tree.BlockTree;

/**
 * Markdown in and out: CommonMark with strikethrough, task lists, GFM tables, and GitHub's alerts
 * for callouts. Underline is {@code <u>}; other HTML is text, an image is a link.
 *
 * <p>A table's first row is its head. A further line of a cell begins with {@code <br>}. A column's
 * alignment is that of its lines. The ids of tables, rows and columns are numbers in order: t1, r1,
 * c1. Tables of more than {@value Block.Table#MOST_COLUMNS} columns are read as code. A table in a
 * quote, callout or list is read as one that stands outside.
 *
 * <p>What is written reads back as the same document, except for what Markdown cannot say and
 * leaves out: empty lines outside lists, code and cells; indentation outside lists; alignment
 * outside of tables, and in a column whose lines do not agree or are justified; formats in code;
 * unknown formats; the ids of tables; and except for paragraphs of many thousand formats and tables
 * of hundreds of thousands of cells, see {@link #readWhole}. Of what stands in a cell, only the
 * lines' text with its inline formats is written, without headings, lists, quotes, callouts and
 * code; a gap reads back as an empty line. Threads: safe for use by any thread.
 */
public final class Markdown {

  /**
   * Blocks in blocks, and inline formats in each other; what is deeper is text. Twice what is ever
   * written.
   */
  private static final int DEEPEST = 40;

  private static final List<Extension> EXTENSIONS =
      List.of(StrikethroughExtension.create(), TaskListItemsExtension.create());

  private static final MarkdownRenderer RENDERER =
      MarkdownRenderer.builder()
          .extensions(List.of(StrikethroughExtension.create(), TablesExtension.create()))
          .build();

  private Markdown() {}

  /**
   * A valid document, whatever the text is. A text of some megabytes takes a few seconds at the
   * worst: a block that would take longer is read as plain text. Nor is the document many times as
   * long: links that many words refer to are left out from some number on.
   */
  public static Delta read(String markdown) {
    return read(markdown, new MarkdownCost(markdown.length()));
  }

  /** As {@link #read}, or empty when a block had to be read as plain text. */
  public static Optional<Delta> readWhole(String markdown) {
    MarkdownCost cost = new MarkdownCost(markdown.length());
    Delta document = read(markdown, cost);
    return cost.isExceeded() ? Optional.empty() : Optional.of(document);
  }

  private static Delta read(String markdown, MarkdownCost cost) {
    String source = clean(markdown);
    MarkdownReader reader = new MarkdownReader(source, cost);
    parser(cost).parse(source).accept(reader);
    return reader.document();
  }

  private static Parser parser(MarkdownCost cost) {
    return Parser.builder()
        .extensions(EXTENSIONS)
        .customBlockParserFactory(new CountedTable.Factory(cost))
        .inlineParserFactory(cost::inlineParser)
        .maxOpenBlockParsers(DEEPEST)
        .maxInlineNesting(DEEPEST)
        .includeSourceSpans(IncludeSourceSpans.BLOCKS)
        .build();
  }

  /** Without what no document holds: control characters and halves of surrogate pairs. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .codePoints()
        .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** The document as Markdown, which {@link #read} takes back. */
  public static String write(Delta document) {
    return write(document, Looks.NONE);
  }

  /**
   * The same with plugins' formats said by the wiki's own, as these looks have them; one that they
   * do not know is left out, an embed is a placeholder.
   */
  public static String write(Delta document, Looks looks) {
    Delta said = MarkdownLooks.said(document, looks);
    return RENDERER.render(new MarkdownWriter().document(BlockTree.of(said)));
  }
}
