package org.tandem.api.document.html;

import java.util.List;
import java.util.Optional;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.api.document.format.Align;
import org.tandem.api.document.format.Looks;
import org.tandem.api.document.tree.Block;
import org.tandem.api.document.tree.BlockTree;
import org.tandem.api.document.tree.Piece;

/**
 * Renders documents to HTML, from the derived tree, in linear time. Threads: safe for use by any
 * thread.
 */
public final class Html {

  private final HtmlWriter html = new HtmlWriter();
  private final HtmlLooks looks;
  private final HtmlText text;
  private final HeadingNames names = new HeadingNames();

  private Html(Looks looks) {
    this.looks = new HtmlLooks(looks, html);
    this.text = new HtmlText(html, this.looks);
  }

  /** The HTML of a document's blocks, without a surrounding element. */
  public static String render(Delta document) {
    return render(document, Looks.NONE);
  }

  /** The same with plugins' formats as these looks have them. */
  public static String render(Delta document, Looks looks) {
    Html renderer = new Html(looks);
    renderer.blocks(BlockTree.of(document), 0);
    return renderer.html.toString();
  }

  /**
   * Blocks, where neighbours that a plugin's format wraps alike are wrapped as one.
   *
   * @param around how many of each block's wraps are open already
   */
  private void blocks(List<? extends Block> blocks, int around) {
    int end;
    for (int start = 0; start < blocks.size(); start = end) {
      Optional<HtmlLooks.Wrap> wrap = looks.wrap(blocks.get(start), around);
      end = start + 1;
      if (wrap.isEmpty()) {
        block(blocks.get(start), around);
        continue;
      }
      while (end < blocks.size() && looks.wrap(blocks.get(end), around).equals(wrap)) {
        end++;
      }
      boolean opened = looks.open(wrap.get(), false);
      blocks(blocks.subList(start, end), around + 1);
      if (opened) {
        html.close();
      }
    }
  }

  private void block(Block block, int around) {
    if (block instanceof Block.Paragraph paragraph) {
      Piece.of(paragraph.content()).forEach(piece -> paragraph(piece, paragraph.style()));
    } else if (block instanceof Block.Heading heading) {
      Piece.of(heading.content()).forEach(piece -> heading(piece, heading));
    } else if (block instanceof Block.CodeBlock code) {
      code(code);
    } else if (block instanceof Block.ItemList list) {
      list(list, around);
    } else if (block instanceof Block.Quote quote) {
      html.open("blockquote");
      blocks(quote.blocks(), 0);
      html.close();
    } else if (block instanceof Block.Callout callout) {
      callout(callout);
    } else if (block instanceof Block.Table table) {
      table(table);
    }
  }

  private void paragraph(Piece piece, Block.Style style) {
    if (piece.divider()) {
      html.open("hr").closeEmpty();
      return;
    }
    html.open("p");
    style(style);
    line(piece.content());
    html.close();
  }

  private void heading(Piece piece, Block.Heading heading) {
    if (piece.divider()) {
      html.open("hr").closeEmpty();
      return;
    }
    // The page's title is the h1 of the page.
    html.open("h" + (heading.level() + 1)).attribute("id", names.of(piece.content()));
    style(heading.style());
    line(piece.content());
    html.close();
  }

  private void style(Block.Style style) {
    String indent = style.indent() > 0 ? "indent-" + style.indent() : "";
    String align = style.align() == Align.START ? "" : "align-" + style.align().value();
    if (!indent.isEmpty() || !align.isEmpty()) {
      String both = indent.isEmpty() || align.isEmpty() ? indent + align : indent + " " + align;
      html.attribute("class", both);
    }
  }

  /** A line of text, which has its height also when it is empty. */
  private void line(List<Op> content) {
    text.write(content);
    if (content.isEmpty()) {
      html.open("br").closeEmpty();
    }
  }

  private void code(Block.CodeBlock code) {
    html.open("pre").open("code");
    if (!code.language().isEmpty()) {
      html.attribute("class", "language-" + code.language());
    }
    for (List<Op> line : code.lines()) {
      text.write(line);
      html.text("\n");
    }
    html.close().close();
  }

  private void list(Block.ItemList list, int around) {
    boolean check = list.kind() == Block.Kind.CHECK;
    html.open(list.kind() == Block.Kind.ORDERED ? "ol" : "ul");
    if (check) {
      html.attribute("class", "check-list");
    }
    for (Block.Item item : list.items()) {
      html.open("li");
      if (check) {
        checkBox(item.checked());
      }
      blocks(List.of(item.text()), around);
      blocks(item.lists(), around);
      html.close();
    }
    html.close();
  }

  private void checkBox(boolean checked) {
    html.open("input").attribute("type", "checkbox").attribute("disabled", "");
    if (checked) {
      html.attribute("checked", "");
    }
    html.closeEmpty();
  }

  private void callout(Block.Callout callout) {
    html.open("div").attribute("class", "callout callout-" + callout.kind().value());
    html.attribute("role", "note");
    html.open("p").attribute("class", "callout-label").text(callout.kind().label()).close();
    blocks(callout.blocks(), 0);
    html.close();
  }

  private void table(Block.Table table) {
    html.open("table").open("thead");
    row(table.rows().get(0), true);
    html.close();
    if (table.rows().size() > 1) {
      html.open("tbody");
      table.rows().subList(1, table.rows().size()).forEach(row -> row(row, false));
      html.close();
    }
    html.close();
  }

  private void row(Block.Row row, boolean head) {
    html.open("tr");
    for (Block.Cell cell : row.cells()) {
      html.open(head ? "th" : "td");
      if (head) {
        html.attribute("scope", "col");
      }
      if (cell.blocks().size() == 1
          && cell.blocks().get(0) instanceof Block.Paragraph paragraph
          && isPlain(paragraph)
          && looks.wrap(paragraph, 0).isEmpty()) {
        style(paragraph.style());
        line(paragraph.content());
      } else {
        blocks(cell.blocks(), 0);
      }
      html.close();
    }
    html.close();
  }

  /** Whether a paragraph that is all of a cell needs no element of its own. */
  private static boolean isPlain(Block.Paragraph paragraph) {
    return paragraph.style().indent() == 0
        && paragraph.content().stream().noneMatch(Piece::isDivider);
  }
}
