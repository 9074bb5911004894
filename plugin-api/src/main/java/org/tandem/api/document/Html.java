package org.tandem.api.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;

/** Renders documents to HTML, from the derived tree. Threads: safe for use by any thread. */
public final class Html {

  /** Inline formats and their elements, from the outermost in. */
  private static final List<Map.Entry<String, String>> ELEMENTS =
      List.of(
          Map.entry("bold", "strong"),
          Map.entry("italic", "em"),
          Map.entry("underline", "u"),
          Map.entry("strike", "s"),
          Map.entry("code", "code"));

  private static final Set<String> KNOWN =
      Set.of("bold", "italic", "underline", "strike", "code", "link");

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]{1,40}");

  /** Words in the name of a heading. */
  private static final int SLUG = 12;

  /**
   * An inline element that is open.
   *
   * @param value a link's address, a span's class
   */
  private record Mark(String element, String value) {}

  private final HtmlWriter html = new HtmlWriter();
  private final Set<String> slugs = new HashSet<>();

  /** The number that a slug was given last. */
  private final Map<String, Integer> repeats = new HashMap<>();

  private Html() {}

  /** The HTML of a document's blocks, without a surrounding element. */
  public static String render(Delta document) {
    Html renderer = new Html();
    renderer.blocks(BlockTree.of(document));
    return renderer.html.toString();
  }

  private void blocks(List<Block> blocks) {
    blocks.forEach(this::block);
  }

  private void block(Block block) {
    if (block instanceof Block.Paragraph paragraph) {
      html.open("p");
      indent(paragraph.indent());
      inline(paragraph.content(), true);
      html.close();
    } else if (block instanceof Block.Heading heading) {
      heading(heading);
    } else if (block instanceof Block.ItemList list) {
      list(list);
    } else if (block instanceof Block.CodeBlock code) {
      code(code);
    } else if (block instanceof Block.Quote quote) {
      html.open("blockquote");
      blocks(quote.blocks());
      html.close();
    } else {
      html.open("hr").closeEmpty();
    }
  }

  private void indent(int depth) {
    if (depth > 0) {
      html.attribute("class", "indent-" + depth);
    }
  }

  private void heading(Block.Heading heading) {
    // The page's title is the h1 of the page.
    html.open("h" + (heading.level() + 1)).attribute("id", slug(heading.content()));
    indent(heading.indent());
    inline(heading.content(), true);
    html.close();
  }

  /** A name for links to the heading, unique on the page. */
  private String slug(List<Op> content) {
    StringBuilder text = new StringBuilder();
    content.forEach(op -> text.append(op instanceof Op.Insert insert ? insert.text() : " "));
    Stream<String> words =
        WORD.matcher(text.toString().toLowerCase(Locale.ROOT)).results().map(MatchResult::group);
    String slug = Stream.concat(Stream.of("h"), words.limit(SLUG)).collect(Collectors.joining("-"));
    String unique = slug;
    while (!slugs.add(unique)) {
      unique = slug + "-" + repeats.merge(slug, 2, (count, two) -> count + 1);
    }
    return unique;
  }

  private void list(Block.ItemList list) {
    boolean check = list.kind() == Block.Kind.CHECK;
    html.open(list.kind() == Block.Kind.ORDERED ? "ol" : "ul");
    if (check) {
      html.attribute("class", "check-list");
    }
    for (Block.Item item : list.items()) {
      html.open("li");
      if (check) {
        html.open("input").attribute("type", "checkbox").attribute("disabled", "");
        if (item.checked()) {
          html.attribute("checked", "");
        }
        html.closeEmpty();
      }
      blocks(item.blocks());
      html.close();
    }
    html.close();
  }

  private void code(Block.CodeBlock code) {
    html.open("pre").open("code");
    if (!code.language().isEmpty()) {
      html.attribute("class", "language-" + code.language());
    }
    for (List<Op> line : code.lines()) {
      inline(line, false);
      html.text("\n");
    }
    html.close().close();
  }

  /** Runs of text; a format that goes on from one to the next stays open. */
  private void inline(List<Op> content, boolean keepOpen) {
    List<Mark> open = List.of();
    for (Op op : content) {
      List<Mark> marks = marks(op.attributes());
      int kept = 0;
      while (kept < Math.min(open.size(), marks.size()) && open.get(kept).equals(marks.get(kept))) {
        kept++;
      }
      close(open.size() - kept);
      marks.subList(kept, marks.size()).forEach(this::open);
      open = marks;
      if (op instanceof Op.Insert insert) {
        html.text(insert.text());
      } else if (op instanceof Op.Embed embed) {
        placeholder(embed);
      }
    }
    close(open.size());
    if (keepOpen && content.isEmpty()) {
      html.open("br").closeEmpty();
    }
  }

  private void open(Mark mark) {
    html.open(mark.element());
    if (mark.element().equals("a")) {
      html.attribute("href", mark.value()).attribute("rel", "noopener nofollow");
    } else if (mark.element().equals("span")) {
      html.attribute("class", mark.value());
    }
  }

  private void close(int count) {
    for (int i = 0; i < count; i++) {
      html.close();
    }
  }

  /** The elements that attributes mean, from the outermost in. */
  private static List<Mark> marks(Attributes attributes) {
    List<Mark> marks = new ArrayList<>();
    if (attributes.get("link") instanceof String address && Links.allowed(address)) {
      marks.add(new Mark("a", address));
    }
    if (!KNOWN.containsAll(attributes.asMap().keySet())) {
      marks.add(new Mark("span", "unknown-format"));
    }
    for (Map.Entry<String, String> element : ELEMENTS) {
      if (Boolean.TRUE.equals(attributes.get(element.getKey()))) {
        marks.add(new Mark(element.getValue(), ""));
      }
    }
    return marks;
  }

  /** A thing whose extension is not there: named, so that nobody takes it for lost. */
  private void placeholder(Op.Embed embed) {
    html.open("span").attribute("class", "unknown-embed");
    html.text(embed.type().equals("divider") ? "\u2014" : "[" + embed.type() + "]");
    html.close();
  }
}
