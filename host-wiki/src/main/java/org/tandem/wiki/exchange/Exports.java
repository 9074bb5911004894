package org.tandem.wiki.exchange;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;
import org.tandem.wiki.content.Editing;
import org.tandem.wiki.gate.PageVisit;
import org.tandem.wiki.gate.Refusal;

/**
 * Pages as files: in the wiki's own ways and in those of plugins. Rights were asked before.
 * Threads: safe for use by any thread.
 */
public final class Exports {

  /**
   * A way to export a page.
   *
   * @param path behind the page's address and {@code exports/}
   * @param plugin its id; empty for the wiki itself
   */
  public record Way(
      String path, String plugin, String name, String label, String mediaType, String extension) {

    private static Way own(String name, String label, String mediaType, String extension) {
      return new Way(name, "", name, label, mediaType + "; charset=utf-8", extension);
    }

    private static Way of(Exchange.ExportForm form) {
      return new Way(
          form.plugin() + "/" + form.name(),
          form.plugin(),
          form.name(),
          form.label(),
          form.mediaType(),
          form.extension());
    }
  }

  private static final Way MARKDOWN = Way.own("markdown", "Markdown", "text/markdown", "md");
  private static final Way HTML = Way.own("html", "HTML", "text/html", "html");

  private final Exchange exchange;
  private final Editing editing;
  private final Locale locale;
  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

  /**
   * @param locale of the pages
   */
  public Exports(Exchange exchange, Editing editing, Locale locale) {
    this.exchange = exchange;
    this.editing = editing;
    this.locale = locale;
  }

  /** The ways that there are now, the wiki's own first. */
  public List<Way> ways() {
    List<Way> ways = new ArrayList<>(List.of(MARKDOWN, HTML));
    exchange.exporters().forEach(form -> ways.add(Way.of(form)));
    return ways;
  }

  /**
   * The page in one of the wiki's own ways.
   *
   * @throws Refusal when there is no such way, or no such page any more
   */
  public Attachment own(PageVisit visit, String name) {
    PageContent content = current(visit);
    if (name.equals(MARKDOWN.name())) {
      return own(visit, MARKDOWN, editing.shown().markdown(content.document()));
    } else if (name.equals(HTML.name())) {
      return own(visit, HTML, html(visit.page().title(), content));
    }
    throw Faults.unknown("export this page");
  }

  private static Attachment own(PageVisit visit, Way way, String text) {
    return Attachment.of(
        visit.page().title(),
        way.extension(),
        way.mediaType(),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** The rendered content is safe markup. */
  private String html(String title, PageContent content) {
    StringOutput out = new StringOutput();
    templates.render(
        "exported.jte",
        Map.of(
            "title",
            title,
            "html",
            editing.shown().html(content.document()),
            "language",
            locale.toLanguageTag()),
        out);
    return out.toString();
  }

  /**
   * The page in a plugin's way.
   *
   * @throws Refusal when nothing comes of it
   */
  public Attachment by(PageVisit visit, String plugin, String name) {
    PageContent content = current(visit);
    Page page = new Page(visit.id(), visit.page().title(), visit.space().key());
    Exchange.Exported exported =
        exchange.export(plugin, name, page, content, editing.shown().looks(content.document()));
    if (exported instanceof Exchange.Exported.Done done) {
      return Attachment.of(
          page.title(), done.form().extension(), done.form().mediaType(), done.file());
    }
    Exchange.Failure failure = ((Exchange.Exported.NotDone) exported).failure();
    throw Faults.of(failure, plugin, "export this page");
  }

  private PageContent current(PageVisit visit) {
    return editing
        .current(visit.id())
        .orElseThrow(
            () -> new Refusal(404, "There is no such page any more: somebody deleted it."));
  }
}
