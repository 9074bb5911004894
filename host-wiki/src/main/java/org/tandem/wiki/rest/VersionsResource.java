package org.tandem.wiki.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tandem.api.host.Access;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.wiki.content.Contents;
import org.tandem.wiki.content.Editing;
import org.tandem.wiki.content.Version;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.PageVisit;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.rest.wire.Renderings;
import org.tandem.wiki.rest.wire.Replies;
import org.tandem.wiki.user.Accounts;

/** The versions of a page. */
@Path("pages/{page}/versions")
public final class VersionsResource {

  record Author(String id, String name) {}

  record VersionBody(long rev, String kind, String savedAt, List<Author> authors) {}

  private static final int MOST = 500;

  private final Gate gate;
  private final Contents contents;
  private final Editing editing;
  private final Accounts accounts;

  public VersionsResource(Gate gate, Contents contents, Editing editing, Accounts accounts) {
    this.gate = gate;
    this.contents = contents;
    this.editing = editing;
    this.accounts = accounts;
  }

  @GET
  public Response versions(
      @Context HttpServletRequest request,
      @Context Request conditions,
      @PathParam("page") String page) {
    PageVisit visit = gate.page(request, page, Access.VIEW);
    List<Version> versions = contents.versions(visit.id(), MOST);
    Set<UserId> authors =
        versions.stream()
            .flatMap(version -> version.authors().stream())
            .collect(Collectors.toSet());
    Map<UserId, User> known = accounts.users(authors);
    return Replies.list(conditions, versions.stream().map(v -> body(v, known)).toList());
  }

  @GET
  @Path("{rev: \\d{1,18}}")
  public Response version(
      @Context HttpServletRequest request,
      @Context Request conditions,
      @PathParam("page") String page,
      @PathParam("rev") long rev) {
    PageVisit visit = gate.page(request, page, Access.VIEW);
    return Renderings.of(
        conditions,
        editing
            .at(visit.id(), rev)
            .orElseThrow(
                () ->
                    new Refusal(
                        404,
                        "This revision is not kept: the list of versions shows those that are.")),
        contents.shown());
  }

  private static VersionBody body(Version version, Map<UserId, User> known) {
    return new VersionBody(
        version.rev(),
        version.kind().name().toLowerCase(Locale.ROOT),
        version.savedAt().toString(),
        version.authors().stream()
            .filter(known::containsKey)
            .map(author -> new Author(author.toString(), known.get(author).name()))
            .toList());
  }
}
