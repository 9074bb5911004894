package org.tandem.api.document.markdown;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.delta.Op;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Looks;

/** Says plugins' formats by the wiki's own ones, before a document is written as Markdown. */
final class MarkdownLooks {

  /** Characters that plugins' embeds add to one text; beyond, they are placeholders. */
  private static final int MOST_ADDED = 1 << 20;

  private final Looks looks;
  private int added;

  private MarkdownLooks(Looks looks) {
    this.looks = looks;
  }

  static Delta said(Delta document, Looks looks) {
    return looks == Looks.NONE ? document : new MarkdownLooks(looks).said(document);
  }

  private Delta said(Delta document) {
    DeltaBuilder said = Delta.builder();
    for (Op op : document.ops()) {
      Map<String, @Nullable Object> attributes = own(op.attributes());
      if (op instanceof Op.Insert insert) {
        said.insert(insert.text(), Attributes.of(attributes));
      } else if (op instanceof Op.Embed embed) {
        Look.Thing thing = thing(embed);
        if (thing == null) {
          said.embed(embed.type(), embed.value(), Attributes.of(attributes));
        } else if (!thing.text().isEmpty()) {
          thing.markdown().asMap().forEach(attributes::putIfAbsent);
          said.insert(thing.text(), Attributes.of(attributes));
        }
      }
    }
    return said.build();
  }

  private Look.@Nullable Thing thing(Op.Embed embed) {
    Look look = looks.of(embed.type(), embed.value()).orElse(null);
    if (look instanceof Look.Thing thing && added + thing.text().length() <= MOST_ADDED) {
      added += thing.text().length();
      return thing;
    }
    return null;
  }

  /**
   * Attributes with those that a plugin's format stands for; what the text has itself goes first.
   */
  private Map<String, @Nullable Object> own(Attributes attributes) {
    Map<String, @Nullable Object> own = new LinkedHashMap<>(attributes.asMap());
    attributes
        .asMap()
        .forEach(
            (name, value) -> {
              Look look = value == null ? null : looks.of(name, value).orElse(null);
              if (look instanceof Look.Inline inline) {
                own.remove(name);
                inline.markdown().asMap().forEach(own::putIfAbsent);
              } else if (look instanceof Look.Line line) {
                own.remove(name);
                line.markdown().asMap().forEach(own::putIfAbsent);
              }
            });
    return own;
  }
}
