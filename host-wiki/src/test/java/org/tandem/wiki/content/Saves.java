package org.tandem.wiki.content;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.markdown.Markdown;
import org.tandem.api.host.UserId;

/** Saves of edited Markdown, as somebody's. */
final class Saves {

  private Saves() {}

  static Delta apply(Delta base, String markdown) {
    return apply(base, markdown, "somebody");
  }

  static Delta apply(Delta base, String markdown, String author) {
    UUID id = UUID.nameUUIDFromBytes(author.getBytes(StandardCharsets.UTF_8));
    return MarkdownEdit.apply(base, Markdown.write(base), markdown, new UserId(id)).orElseThrow();
  }
}
