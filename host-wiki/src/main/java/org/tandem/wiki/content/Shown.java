package org.tandem.wiki.content;

import java.util.function.Function;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.PlainText;
import org.tandem.api.document.format.Looks;
import org.tandem.api.document.html.Html;
import org.tandem.api.document.markdown.Markdown;

/**
 * Documents as they are read, with the formats of the plugins that run. Threads: safe for use by
 * any thread; a call may wait for plugins, about a second at the most, so that no transaction makes
 * one.
 */
public final class Shown {

  /** Without plugins. */
  static final Shown PLAIN = new Shown(document -> Looks.NONE);

  private final Function<Delta, Looks> looks;

  /**
   * @param looks how the formats of plugins in a document look
   */
  public Shown(Function<Delta, Looks> looks) {
    this.looks = looks;
  }

  /** How the formats of plugins in a document look. */
  public Looks looks(Delta document) {
    return looks.apply(document);
  }

  public String html(Delta document) {
    return Html.render(document, looks.apply(document));
  }

  public String markdown(Delta document) {
    return Markdown.write(document, looks.apply(document));
  }

  /** For search. */
  public String text(Delta document) {
    return PlainText.of(document, looks.apply(document));
  }
}
