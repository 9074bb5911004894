package org.tandem.api.document.markdown;

import java.util.Comparator;
import java.util.List;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.ThematicBreak;
import org.tandem.api.delta.Op;
import org.tandem.api.document.tree.Block;
import org.tandem.api.document.tree.Piece;

/**
 * Makes the tree of a Markdown text from a document's blocks; commonmark-java writes and escapes.
 */
final class MarkdownWriter {

  Node document(List<Block> blocks) {
    return fill(new Document(), blocks);
  }

  private Node fill(Node parent, List<? extends Block> blocks) {
    blocks.forEach(block -> append(block, parent));
    return parent;
  }

  private void append(Block block, Node parent) {
    if (block instanceof Block.Paragraph paragraph) {
      for (Piece piece : Piece.of(paragraph.content())) {
        if (piece.divider()) {
          parent.appendChild(rule());
        } else if (!piece.content().isEmpty()) {
          parent.appendChild(inline(new Paragraph(), piece.content()));
        }
      }
    } else if (block instanceof Block.Heading heading) {
      for (Piece piece : Piece.of(heading.content())) {
        parent.appendChild(piece.divider() ? rule() : heading(heading.level(), piece));
      }
    } else if (block instanceof Block.CodeBlock code) {
      parent.appendChild(code(code));
    } else if (block instanceof Block.ItemList list) {
      parent.appendChild(list(list));
    } else if (block instanceof Block.Quote quote) {
      parent.appendChild(fill(new BlockQuote(), quote.blocks()));
    } else if (block instanceof Block.Callout callout) {
      parent.appendChild(callout(callout));
    } else if (block instanceof Block.Table table) {
      parent.appendChild(MarkdownTable.node(table));
    }
  }

  /** An alert; its first paragraph follows its label in the next line. */
  private Node callout(Block.Callout callout) {
    BlockQuote quote = new BlockQuote();
    Paragraph label = new Paragraph();
    label.appendChild(raw(MarkdownAlert.label(callout.kind())));
    quote.appendChild(label);
    fill(quote, callout.blocks());
    if (label.getNext() instanceof Paragraph first) {
      label.appendChild(new SoftLineBreak());
      label.appendChild(first.getFirstChild());
      first.unlink();
    }
    return quote;
  }

  private static Node heading(int level, Piece piece) {
    Heading heading = new Heading();
    heading.setLevel(level);
    return inline(heading, piece.content());
  }

  /** Not of hyphens: after a list's hyphen these would be one long rule. */
  private static Node rule() {
    ThematicBreak rule = new ThematicBreak();
    rule.setLiteral("***");
    return rule;
  }

  private Node list(Block.ItemList list) {
    ListBlock node;
    if (list.kind() == Block.Kind.ORDERED) {
      OrderedList ordered = new OrderedList();
      ordered.setMarkerStartNumber(1);
      ordered.setMarkerDelimiter(".");
      node = ordered;
    } else {
      BulletList bullets = new BulletList();
      bullets.setMarker("-");
      node = bullets;
    }
    node.setTight(true);
    for (Block.Item item : list.items()) {
      ListItem child = new ListItem();
      append(item.text(), child);
      fill(child, item.lists());
      if (list.kind() == Block.Kind.CHECK) {
        mark(child, item.checked());
      }
      node.appendChild(child);
    }
    return node;
  }

  /**
   * The marker is no node of CommonMark: it goes out as it is. Before anything but text it stands
   * alone, with a blank that makes it a marker.
   */
  private static void mark(ListItem item, boolean checked) {
    if (!(item.getFirstChild() instanceof Paragraph)) {
      item.prependChild(new Paragraph());
      item.getFirstChild().appendChild(raw("&#32;"));
    }
    item.getFirstChild().prependChild(raw(checked ? "[x] " : "[ ] "));
  }

  private static Node code(Block.CodeBlock code) {
    StringBuilder text = new StringBuilder();
    for (List<Op> line : code.lines()) {
      line.forEach(op -> text.append(op instanceof Op.Insert insert ? insert.text() : " "));
      text.append('\n');
    }
    FencedCodeBlock node = new FencedCodeBlock();
    int longest = MarkdownText.ticks(text).stream().max(Comparator.naturalOrder()).orElse(0);
    int fence = Math.max(3, longest + 1);
    node.setFenceCharacter("`");
    node.setOpeningFenceLength(fence);
    node.setClosingFenceLength(fence);
    node.setInfo(code.language());
    node.setLiteral(text.toString());
    return node;
  }

  private static Node inline(Node parent, List<Op> content) {
    if (!content.isEmpty()) {
      parent.appendChild(raw(MarkdownLine.of(content)));
    }
    return parent;
  }

  private static Node raw(String text) {
    HtmlInline raw = new HtmlInline();
    raw.setLiteral(text);
    return raw;
  }
}
