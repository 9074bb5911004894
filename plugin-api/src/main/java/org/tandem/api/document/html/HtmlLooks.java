package org.tandem.api.document.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Op;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Looks;
import org.tandem.api.document.format.Markup;
import org.tandem.api.document.format.Tag;
import org.tandem.api.document.tree.Block;

/** Writes what plugins' formats look like. Threads: one. */
final class HtmlLooks {

  /** Characters that plugins' formats add to one page; beyond, they show nothing. */
  private static final int MOST_ADDED = 4 << 20;

  /** Of each element, beside what it says itself. */
  private static final int TAGS = 40;

  /**
   * An element round something.
   *
   * @param format the attribute's name
   */
  record Wrap(String format, Markup.Element element) {}

  private record Asked(String name, Object value) {}

  private final Looks looks;
  private final HtmlWriter html;
  private final Map<Asked, Optional<Look>> known = new HashMap<>();
  private int added;

  HtmlLooks(Looks looks, HtmlWriter html) {
    this.looks = looks;
    this.html = html;
  }

  private Optional<Look> look(String name, Object value) {
    return looks == Looks.NONE
        ? Optional.empty()
        : known.computeIfAbsent(new Asked(name, value), asked -> looks.of(name, value));
  }

  /** What wraps text with these attributes, from the outermost in: by name. */
  List<Wrap> inline(Attributes attributes) {
    return wraps(attributes, false);
  }

  private List<Wrap> wraps(Attributes attributes, boolean lines) {
    if (looks == Looks.NONE || attributes.isEmpty()) {
      return List.of();
    }
    List<Wrap> wraps = new ArrayList<>();
    for (Map.Entry<String, @Nullable Object> set : new TreeMap<>(attributes.asMap()).entrySet()) {
      Object value = set.getValue();
      Look look = value == null ? null : look(set.getKey(), value).orElse(null);
      if (lines && look instanceof Look.Line line) {
        wraps.add(new Wrap(set.getKey(), line.html()));
      } else if (!lines && look instanceof Look.Inline inline) {
        wraps.add(new Wrap(set.getKey(), inline.html()));
      }
    }
    return wraps;
  }

  /**
   * What wraps a block, of several the one that so many are around; nothing wraps the wiki's own
   * containers. A list is wrapped by what wraps all of its items.
   */
  Optional<Wrap> wrap(Block block, int around) {
    if (looks == Looks.NONE) {
      return Optional.empty();
    }
    List<Wrap> wraps = wraps(block);
    return around < wraps.size() ? Optional.of(wraps.get(around)) : Optional.empty();
  }

  private List<Wrap> wraps(Block block) {
    if (block instanceof Block.TextBlock text) {
      return wraps(text.style().extra(), true);
    }
    return block instanceof Block.ItemList list ? ofAll(list) : List.of();
  }

  private List<Wrap> ofAll(Block.ItemList list) {
    List<Wrap> common = wraps(list.items().get(0).text());
    for (Block.Item item : list.items()) {
      common = shared(common, wraps(item.text()));
      for (Block.ItemList below : item.lists()) {
        common = common.isEmpty() ? common : shared(common, ofAll(below));
      }
      if (common.isEmpty()) {
        return common;
      }
    }
    return common;
  }

  private static List<Wrap> shared(List<Wrap> one, List<Wrap> other) {
    int same = 0;
    while (same < Math.min(one.size(), other.size()) && one.get(same).equals(other.get(same))) {
      same++;
    }
    return one.subList(0, same);
  }

  /**
   * Opens an element and writes what stands before the wrapped.
   *
   * @param inLink whether a link is open, in which there is no other
   * @return false, and nothing is open, when too much was added to the page
   */
  boolean open(Wrap wrap, boolean inLink) {
    if (!mayAdd(wrap.element())) {
      return false;
    }
    start(wrap.format(), wrap.element(), true, inLink);
    content(wrap.format(), wrap.element(), inLink);
    return true;
  }

  /** Writes what stands for an embed; false when no plugin knows it. */
  boolean thing(Op.Embed embed, boolean inLink) {
    if (!(look(embed.type(), embed.value()).orElse(null) instanceof Look.Thing thing)
        || !mayAdd(thing.html())) {
      return false;
    }
    write(embed.type(), thing.html(), true, inLink);
    return true;
  }

  private boolean mayAdd(Markup markup) {
    int more = markup.characters() + TAGS * markup.parts();
    if (added + more > MOST_ADDED) {
      return false;
    }
    added += more;
    return true;
  }

  private void write(String format, Markup markup, boolean outermost, boolean inLink) {
    if (markup instanceof Markup.Text text) {
      html.text(text.text());
    } else if (markup instanceof Markup.Element element) {
      start(format, element, outermost, inLink);
      if (element.tag().isEmpty()) {
        html.closeEmpty();
      } else {
        content(format, element, inLink);
        html.close();
      }
    }
  }

  private void content(String format, Markup.Element element, boolean inLink) {
    boolean within = inLink || element.tag() == Tag.A;
    element.content().forEach(part -> write(format, part, false, within));
  }

  private void start(String format, Markup.Element element, boolean outermost, boolean inLink) {
    boolean link = element.tag() == Tag.A && !inLink;
    html.open(element.tag() == Tag.A && inLink ? Tag.SPAN.word() : element.tag().word());
    List<String> classes = new ArrayList<>();
    if (outermost) {
      classes.add("x-" + format);
    }
    element.classes().forEach(name -> classes.add("x-" + format + "-" + name));
    if (!classes.isEmpty()) {
      html.attribute("class", String.join(" ", classes));
    }
    for (Map.Entry<String, String> attribute : element.attributes().entrySet()) {
      String name = attribute.getKey();
      if (name.startsWith("data-")) {
        html.attribute("data-x-" + name.substring("data-".length()), attribute.getValue());
      } else if (link || !name.equals("href")) {
        html.attribute(name, attribute.getValue());
      }
    }
    if (link) {
      html.attribute("rel", "noopener nofollow");
    }
  }
}
