package org.tandem.wiki.view.browse;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageContent;
import org.tandem.wiki.access.Rights;
import org.tandem.wiki.content.Contents;
import org.tandem.wiki.content.Editing;
import org.tandem.wiki.content.Version;
import org.tandem.wiki.exchange.Exports;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.PageVisit;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.page.Forest;
import org.tandem.wiki.page.PageEntry;
import org.tandem.wiki.view.Screens;
import org.tandem.wiki.view.frame.Crumbs;

/** A page to read, and its versions. */
@Path("pages/{page}")
public final class PagePages {

  /**
   * What the page view shows.
   *
   * @param html the rendered content, safe markup
   * @param exports the ways to export it
   * @param styles addresses of what plugins add to the look of contents
   */
  public record PageView(
      PageEntry page,
      Crumbs crumbs,
      String html,
      List<String> styles,
      boolean empty,
      Optional<Edition> last,
      boolean mayEdit,
      boolean mayAdminister,
      List<Exports.Way> exports) {}

  /** The list of versions. */
  public record VersionList(PageEntry page, Crumbs crumbs, List<Edition> versions) {}

  /** An old content, as {@link PageView} has it. */
  public record VersionView(
      PageEntry page, Crumbs crumbs, long rev, String html, List<String> styles) {}

  private static final int MOST_VERSIONS = 500;

  private final Gate gate;
  private final Screens screens;
  private final Rights rights;
  private final Contents contents;
  private final Editing editing;
  private final Editions editions;
  private final Exports exports;
  private final Supplier<List<String>> styles;

  public PagePages(
      Gate gate,
      Screens screens,
      Rights rights,
      Contents contents,
      Editing editing,
      Editions editions,
      Exports exports,
      Supplier<List<String>> styles) {
    this.gate = gate;
    this.screens = screens;
    this.rights = rights;
    this.contents = contents;
    this.editing = editing;
    this.editions = editions;
    this.exports = exports;
    this.styles = styles;
  }

  @GET
  public Response page(@Context HttpServletRequest request, @PathParam("page") String id) {
    PageVisit visit = gate.page(request, id, Access.VIEW);
    PageContent content = contents.content(visit.id()).orElseThrow(PagePages::gone);
    List<Edition> last = editions.of(contents.versions(visit.id(), 1));
    return screens.show(
        request,
        "page",
        new PageView(
            visit.page(),
            crumbs(visit),
            contents.shown().html(content.document()),
            styles.get(),
            content.document().length() <= 1,
            last.stream().findFirst(),
            visit.access().allows(Access.EDIT),
            visit.access().allows(Access.ADMIN),
            exports.ways()));
  }

  @GET
  @Path("versions")
  public Response versions(@Context HttpServletRequest request, @PathParam("page") String id) {
    PageVisit visit = gate.page(request, id, Access.VIEW);
    List<Version> versions = contents.versions(visit.id(), MOST_VERSIONS);
    return screens.show(
        request, "versions", new VersionList(visit.page(), crumbs(visit), editions.of(versions)));
  }

  @GET
  @Path("versions/{rev: \\d{1,18}}")
  public Response version(
      @Context HttpServletRequest request,
      @PathParam("page") String id,
      @PathParam("rev") long rev) {
    PageVisit visit = gate.page(request, id, Access.VIEW);
    PageContent old =
        editing
            .at(visit.id(), rev)
            .orElseThrow(
                () ->
                    new Refusal(
                        404,
                        "This version is not kept. The page's list of versions shows those that"
                            + " are."));
    return screens.show(
        request,
        "version",
        new VersionView(
            visit.page(), crumbs(visit), rev, contents.shown().html(old.document()), styles.get()));
  }

  private Crumbs crumbs(PageVisit visit) {
    Forest visible = new Forest(rights.visible(visit.space().id(), visit.user()));
    return Crumbs.of(visit.space(), visible, Optional.of(visit.id()));
  }

  private static Refusal gone() {
    return new Refusal(404, "There is no such page any more: somebody deleted it just now.");
  }
}
