package org.tandem.api.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Looks;

/** A document's text without formats, for search. */
public final class PlainText {

  /** Characters that plugins' formats add to one text; beyond, they add nothing. */
  private static final int MOST_ADDED = 1 << 20;

  private final Looks looks;
  private final StringBuilder text = new StringBuilder();
  private List<Look.Inline> open = List.of();
  private int lineStart;
  private int added;

  private PlainText(Looks looks) {
    this.looks = looks;
  }

  /** The text; an embed is a blank. */
  public static String of(Delta document) {
    return of(document, Looks.NONE);
  }

  /** The same with what plugins' formats add; an embed that no plugin knows is a blank. */
  public static String of(Delta document, Looks looks) {
    PlainText plain = new PlainText(looks);
    document.ops().forEach(plain::add);
    plain.moveTo(List.of());
    return plain.text.toString();
  }

  private void add(Op op) {
    if (!(op instanceof Op.Insert insert)) {
      moveTo(inline(op.attributes()));
      text.append(thing((Op.Embed) op));
    } else if (insert.attributes().isEmpty()) {
      moveTo(List.of());
      int newline = insert.text().lastIndexOf('\n');
      lineStart = newline < 0 ? lineStart : text.length() + newline + 1;
      text.append(insert.text());
    } else if (insert.text().indexOf('\n') < 0) {
      moveTo(inline(insert.attributes()));
      text.append(insert.text());
    } else {
      moveTo(List.of());
      insert.text().chars().forEach(c -> end((char) c, insert.attributes()));
    }
  }

  /** A newline, or what stands between newlines of the same attributes. */
  private void end(char c, Attributes attributes) {
    if (c == '\n') {
      for (Look.Line line : looks(attributes, Look.Line.class)) {
        if (mayAdd(line.before().length() + line.after().length())) {
          text.insert(lineStart, line.before()).append(line.after());
        }
      }
    }
    text.append(c);
    lineStart = c == '\n' ? text.length() : lineStart;
  }

  private String thing(Op.Embed embed) {
    return looks
        .of(embed.type(), embed.value())
        .filter(Look.Thing.class::isInstance)
        .map(look -> ((Look.Thing) look).text())
        .filter(known -> mayAdd(known.length()))
        .orElse(" ");
  }

  private List<Look.Inline> inline(Attributes attributes) {
    return looks(attributes, Look.Inline.class);
  }

  /** The formats that are open from here on; what both have stays open. */
  private void moveTo(List<Look.Inline> next) {
    int kept = 0;
    while (kept < Math.min(open.size(), next.size()) && open.get(kept).equals(next.get(kept))) {
      kept++;
    }
    for (int i = open.size() - 1; i >= kept; i--) {
      text.append(open.get(i).after());
    }
    List<Look.Inline> now = new ArrayList<>(open.subList(0, kept));
    for (Look.Inline look : next.subList(kept, next.size())) {
      if (mayAdd(look.before().length() + look.after().length())) {
        text.append(look.before());
        now.add(look);
      }
    }
    open = now;
  }

  private <T extends Look> List<T> looks(Attributes attributes, Class<T> kind) {
    if (looks == Looks.NONE || attributes.isEmpty()) {
      return List.of();
    }
    List<T> found = new ArrayList<>();
    // By name, so that the same formats nest alike everywhere.
    for (Map.Entry<String, @Nullable Object> set : new TreeMap<>(attributes.asMap()).entrySet()) {
      Object value = set.getValue();
      if (value != null) {
        looks
            .of(set.getKey(), value)
            .filter(kind::isInstance)
            .map(kind::cast)
            .ifPresent(found::add);
      }
    }
    return found;
  }

  private boolean mayAdd(int characters) {
    if (added + characters > MOST_ADDED) {
      return false;
    }
    added += characters;
    return true;
  }
}
