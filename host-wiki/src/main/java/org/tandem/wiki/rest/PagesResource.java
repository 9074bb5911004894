package org.tandem.wiki.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.api.document.markdown.Markdown;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.wiki.content.Editing;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.PageVisit;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.page.NewPage;
import org.tandem.wiki.page.PageEntry;
import org.tandem.wiki.page.PageTree;
import org.tandem.wiki.page.Place;
import org.tandem.wiki.page.TreeOutcome;
import org.tandem.wiki.rest.wire.Replies;
import org.tandem.wiki.rest.wire.Texts;

/** Pages as places in the tree: create, look up, rename, move, delete. */
@Path("pages")
@Produces(MediaType.APPLICATION_JSON)
public final class PagesResource {

  record NewPageBody(
      @Nullable String space,
      @Nullable String parent,
      @Nullable String title,
      @Nullable String markdown) {}

  record PageBody(
      String id, String title, String space, @Nullable String parent, long rev, String access) {}

  private final Gate gate;
  private final PageTree tree;
  private final Editing editing;

  public PagesResource(Gate gate, PageTree tree, Editing editing) {
    this.gate = gate;
    this.tree = tree;
    this.editing = editing;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@Context HttpServletRequest request, @Nullable NewPageBody body) {
    User user = gate.user(request);
    if (body == null || body.space() == null || body.title() == null) {
      throw new Refusal(
          400, "Send the space and the title: {\"space\", \"parent\"?, \"title\", \"markdown\"?}.");
    }
    Place place = gate.place(request, body.space(), Optional.ofNullable(body.parent()));
    NewPage page =
        new NewPage(
            place.space(),
            place.parent(),
            body.title(),
            user.id(),
            Optional.ofNullable(body.markdown()).map(Texts::whole).map(Markdown::read));
    String id = done(tree.create(page)).id().toString();
    return Response.created(URI.create("/api/pages/" + id)).entity(Map.of("id", id)).build();
  }

  @GET
  @Path("{page}")
  public Response page(@Context HttpServletRequest request, @PathParam("page") String page) {
    return reply(gate.page(request, page, Access.VIEW));
  }

  @PATCH
  @Path("{page}")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  public Response change(
      @Context HttpServletRequest request,
      @PathParam("page") String id,
      @Nullable ObjectNode changes) {
    PageVisit visit = gate.page(request, id, Access.EDIT);
    if (changes == null) {
      throw new Refusal(400, "Send what is to change: {\"title\"?, \"parent\"?, \"space\"?}.");
    }
    Optional<String> title = text(changes, "title");
    if (changes.has("title") && title.isEmpty()) {
      throw new Refusal(400, "The title is a text.");
    }
    boolean moves = changes.has("parent") || changes.has("space");
    Optional<Place> place = moves ? Optional.of(place(request, visit, changes)) : Optional.empty();
    place.ifPresent(to -> gate.mayMove(visit, to.space()));
    done(tree.change(visit.id(), title, place));
    return reply(gate.page(request, id, Access.VIEW));
  }

  @DELETE
  @Path("{page}")
  public Response delete(@Context HttpServletRequest request, @PathParam("page") String id) {
    done(tree.delete(gate.page(request, id, Access.EDIT).id()));
    return Response.noContent().build();
  }

  private Response reply(PageVisit visit) {
    long rev = editing.current(visit.id()).map(PageContent::rev).orElse(0L);
    PageEntry page = visit.page();
    return Replies.atRevision(
        rev,
        new PageBody(
            page.id().toString(),
            page.title(),
            visit.space().key(),
            page.parent().map(PageId::toString).orElse(null),
            rev,
            visit.access().word()),
        MediaType.APPLICATION_JSON);
  }

  /** Where a page is moved: a parent takes its space along, a space alone means its top. */
  private Place place(HttpServletRequest request, PageVisit visit, ObjectNode changes) {
    Optional<String> parent = text(changes, "parent");
    Optional<String> space = text(changes, "space");
    if (parent.isPresent() && space.isEmpty()) {
      return gate.below(request, parent.get());
    }
    return gate.place(request, space.orElse(visit.space().key()), parent);
  }

  private static Optional<String> text(ObjectNode changes, String field) {
    JsonNode value = changes.get(field);
    if (value != null && !value.isTextual() && !value.isNull()) {
      throw new Refusal(400, "The field " + field + " is a text.");
    }
    return Optional.ofNullable(value).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  private static PageEntry done(TreeOutcome outcome) {
    if (outcome instanceof TreeOutcome.Done done) {
      return done.page();
    } else if (outcome instanceof TreeOutcome.Refused refused) {
      throw new Refusal(422, refused.reason());
    }
    throw new Refusal(404, "There is no such page any more: somebody deleted it.");
  }
}
