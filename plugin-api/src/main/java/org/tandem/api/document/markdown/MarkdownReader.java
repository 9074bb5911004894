package org.tandem.api.document.markdown;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.document.Documents;
import org.tandem.api.document.format.Align;
import org.tandem.api.document.format.CalloutKind;
import org.tandem.api.document.format.CellId;
import org.tandem.api.document.format.Formats;
import org.tandem.api.document.format.Links;
import org.tandem.api.document.tree.Block;

/** Makes a document from a parsed Markdown text: each leaf block becomes lines. */
final class MarkdownReader extends AbstractVisitor {

  /** How a further line of a cell begins. */
  private static final Pattern BREAK = Pattern.compile("<br ?/?>", Pattern.CASE_INSENSITIVE);

  private final String source;
  private final DeltaBuilder document = Delta.builder();
  private final Map<String, Object> inline = new LinkedHashMap<>();

  private final MarkdownCost cost;
  private final MarkdownPlace place = new MarkdownPlace();
  private int tables;
  private boolean lineEnded;

  /**
   * @param source what was parsed
   */
  MarkdownReader(String source, MarkdownCost cost) {
    this.source = source;
    this.cost = cost;
  }

  Delta document() {
    Delta read = document.build();
    return read.isEmpty() ? Documents.EMPTY_PAGE : read;
  }

  private void endLine(String name, Object value) {
    document.insert("\n", place.line(name, value));
    lineEnded = true;
  }

  /** Ends a leaf block; what was underlined and never ended goes no further. */
  private void endBlock(String name, Object value) {
    inline.remove("underline");
    endLine(name, value);
  }

  /** References like {@code &#10;} bring in characters that no line holds. */
  private static String line(String text) {
    return Markdown.clean(text).replace('\n', ' ');
  }

  private void text(String text) {
    document.insert(line(text), Attributes.of(looks()));
  }

  @Override
  public void visit(Paragraph paragraph) {
    visitChildren(paragraph);
    endBlock("", "");
  }

  private String written(List<SourceSpan> spans) {
    return spans.stream()
        .map(
            span -> source.substring(span.getInputIndex(), span.getInputIndex() + span.getLength()))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void visit(Heading heading) {
    visitChildren(heading);
    endBlock("header", Math.min(heading.getLevel(), Formats.HEADERS));
  }

  @Override
  public void visit(ThematicBreak rule) {
    document.embed("divider", true, Attributes.NONE);
    endLine("", "");
  }

  @Override
  public void visit(FencedCodeBlock code) {
    String language = code.getInfo() == null ? "" : code.getInfo().trim().split("\\s", 2)[0];
    code(code.getLiteral(), Formats.isLanguage(language) ? language : true);
  }

  @Override
  public void visit(IndentedCodeBlock code) {
    code(code.getLiteral(), true);
  }

  private void code(String literal, Object language) {
    String body = literal.endsWith("\n") ? literal.substring(0, literal.length() - 1) : literal;
    for (String line : body.split("\n", -1)) {
      document.insert(line);
      endLine("code-block", language);
    }
  }

  @Override
  public void visit(HtmlBlock html) {
    for (String line : html.getLiteral().split("\n", -1)) {
      document.insert(line);
      endLine("", "");
    }
  }

  @Override
  public void visit(BlockQuote quote) {
    Node first = quote.getFirstChild();
    String line = first == null ? "" : written(first.getSourceSpans().stream().limit(1).toList());
    CalloutKind kind = MarkdownAlert.take(quote, line);
    if (kind == null) {
      place.enterQuote();
      visitChildren(quote);
      place.leaveQuote();
    } else {
      callout(kind, quote);
    }
  }

  private void callout(CalloutKind kind, Node content) {
    place.enter(kind);
    lineEnded = false;
    visitChildren(content);
    if (!lineEnded) {
      endLine("", "");
    }
    place.leaveCallout();
  }

  @Override
  public void visit(CustomBlock block) {
    if (block instanceof TableBlock) {
      table(block);
    } else {
      visitChildren(block);
    }
  }

  /** A table that is too wide is kept as it is written, in code. */
  private void table(Node table) {
    if (children(rows(table).get(0)).size() > Block.Table.MOST_COLUMNS) {
      code(written(table.getSourceSpans()), true);
      return;
    }
    tables++;
    int number = 0;
    for (Node row : rows(table)) {
      row(row, "r" + ++number);
    }
  }

  private static List<Node> rows(Node table) {
    return children(table).stream().flatMap(part -> children(part).stream()).toList();
  }

  private static List<Node> children(Node parent) {
    List<Node> children = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      children.add(child);
    }
    return children;
  }

  /** Ids are numbers in order, so that the same text reads the same again. */
  private void row(Node row, String id) {
    int number = 0;
    for (Node cell : children(row)) {
      Align align = cell instanceof TableCell column ? MarkdownTable.align(column) : Align.START;
      place.enter(new CellId("t" + tables, id, "c" + ++number), align);
      visitChildren(cell);
      endBlock("", "");
      place.leaveCell();
    }
  }

  @Override
  public void visit(BulletList list) {
    list(list, "bullet");
  }

  @Override
  public void visit(OrderedList list) {
    list(list, "ordered");
  }

  private void list(Node list, String kind) {
    place.enterList(kind);
    visitChildren(list);
    place.leaveList();
  }

  @Override
  public void visit(ListItem item) {
    Node content = item.getFirstChild();
    if (content instanceof TaskListItemMarker marker) {
      place.startItem(marker.isChecked() ? "checked" : "unchecked");
      content = marked(content.getNext());
    } else {
      place.startItem("");
    }
    if (content == null || content instanceof ListBlock || content instanceof TableBlock) {
      endLine("", "");
    }
    visitChildren(item);
  }

  /** What a check box stands before: text, or the block after the empty text beside the box. */
  private static @Nullable Node marked(@Nullable Node content) {
    if (content instanceof Paragraph
        && content.getFirstChild() instanceof Text text
        && text.getNext() == null
        && text.getLiteral().isEmpty()
        && content.getNext() != null
        && !(content.getNext() instanceof ListBlock)) {
      Node next = content.getNext();
      content.unlink();
      return next;
    }
    return content;
  }

  @Override
  public void visit(CustomNode node) {
    if (node instanceof Strikethrough) {
      marked("strike", true, node);
    } else if (!(node instanceof TaskListItemMarker)) {
      visitChildren(node);
    }
  }

  @Override
  public void visit(Emphasis emphasis) {
    marked("italic", true, emphasis);
  }

  @Override
  public void visit(StrongEmphasis emphasis) {
    marked("bold", true, emphasis);
  }

  @Override
  public void visit(Link link) {
    link(link, link.getDestination());
  }

  @Override
  public void visit(Image image) {
    link(image, image.getDestination());
  }

  private void link(Node node, String address) {
    if (Links.allowed(address)) {
      marked("link", address, node);
    } else {
      visitChildren(node);
    }
  }

  /** The formats of the next piece of text. */
  private Map<String, Object> looks() {
    Map<String, Object> looks = new LinkedHashMap<>(inline);
    if (looks.get("link") instanceof String address && !cost.takeLink(address.length())) {
      looks.remove("link");
    }
    return looks;
  }

  private void marked(String name, Object value, Node node) {
    boolean outermost = inline.putIfAbsent(name, value) == null;
    visitChildren(node);
    if (outermost) {
      inline.remove(name);
    }
  }

  @Override
  public void visit(Code code) {
    Map<String, Object> attributes = looks();
    attributes.put("code", true);
    document.insert(line(code.getLiteral()), Attributes.of(attributes));
  }

  @Override
  public void visit(HtmlInline html) {
    if (place.inCell() && BREAK.matcher(html.getLiteral()).matches()) {
      endLine("", "");
      return;
    }
    switch (html.getLiteral()) {
      case "<u>" -> inline.put("underline", true);
      case "</u>" -> inline.remove("underline");
      default -> text(html.getLiteral());
    }
  }

  @Override
  public void visit(Text node) {
    text(node.getLiteral());
  }

  @Override
  public void visit(SoftLineBreak lineBreak) {
    text(" ");
  }

  @Override
  public void visit(HardLineBreak lineBreak) {
    endLine("", "");
  }
}
