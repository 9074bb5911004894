package org.tandem.wiki.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.wiki.access.Rights;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.gate.SpaceVisit;
import org.tandem.wiki.page.Forest;
import org.tandem.wiki.rest.wire.Replies;
import org.tandem.wiki.space.Space;
import org.tandem.wiki.space.SpaceOutcome;
import org.tandem.wiki.space.Spaces;

/** The spaces and their trees, as far as the caller may see them. */
@Path("spaces")
@Produces(MediaType.APPLICATION_JSON)
public final class SpacesResource {

  record SpaceBody(@Nullable String key, @Nullable String name, @Nullable String access) {}

  record Node(String id, String title, List<Node> children) {}

  private final Gate gate;
  private final Spaces spaces;
  private final Rights rights;

  public SpacesResource(Gate gate, Spaces spaces, Rights rights) {
    this.gate = gate;
    this.spaces = spaces;
    this.rights = rights;
  }

  @GET
  public Response spaces(@Context HttpServletRequest request, @Context Request conditions) {
    User user = gate.user(request);
    return Replies.list(
        conditions,
        rights.visible(spaces.all(), user).stream().map(space -> body(space, user)).toList());
  }

  private SpaceBody body(Space space, User user) {
    return new SpaceBody(space.key(), space.name(), rights.access(space, user).word());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@Context HttpServletRequest request, @Nullable SpaceBody body) {
    gate.admin(request);
    if (body == null || body.key() == null || body.name() == null) {
      throw new Refusal(400, "Send the key and the name of the new space: {\"key\", \"name\"}.");
    }
    SpaceOutcome outcome = spaces.create(body.key(), body.name());
    if (outcome instanceof SpaceOutcome.Created created) {
      Space space = created.space();
      return Response.created(URI.create("/api/spaces/" + space.key() + "/tree"))
          .entity(new SpaceBody(space.key(), space.name(), Access.ADMIN.word()))
          .build();
    }
    throw new Refusal(422, ((SpaceOutcome.Refused) outcome).reason());
  }

  @GET
  @Path("{space}/tree")
  public Response tree(
      @Context HttpServletRequest request,
      @Context Request conditions,
      @PathParam("space") String key) {
    SpaceVisit visit = gate.space(request, key, Access.NONE);
    Forest forest = new Forest(rights.visible(visit.space().id(), visit.user()));
    if (forest.entries().isEmpty()) {
      gate.space(request, key, Access.VIEW);
    }
    return Replies.list(conditions, nodes(forest, Optional.empty()));
  }

  private static List<Node> nodes(Forest forest, Optional<PageId> parent) {
    return forest.children(parent).stream()
        .map(
            page ->
                new Node(page.id().toString(), page.title(), nodes(forest, Optional.of(page.id()))))
        .toList();
  }
}
