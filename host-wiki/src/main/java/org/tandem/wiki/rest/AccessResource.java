package org.tandem.wiki.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.Access;
import org.tandem.wiki.access.Grant;
import org.tandem.wiki.access.Grants;
import org.tandem.wiki.access.Scope;
import org.tandem.wiki.access.Subject;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.rest.wire.Replies;
import org.tandem.wiki.user.Accounts;

/** The grants on a page or a space, for those who administer it. */
@Path("{scope: pages|spaces}/{scopeId}/access")
@Produces(MediaType.APPLICATION_JSON)
public final class AccessResource {

  record AccessBody(@Nullable String access) {}

  record GrantBody(String kind, String id, String access) {}

  private final Gate gate;
  private final Grants grants;
  private final Accounts accounts;

  public AccessResource(Gate gate, Grants grants, Accounts accounts) {
    this.gate = gate;
    this.grants = grants;
    this.accounts = accounts;
  }

  @GET
  public Response grants(
      @Context HttpServletRequest request,
      @Context Request conditions,
      @PathParam("scope") String scope,
      @PathParam("scopeId") String id) {
    Scope administered = administered(request, scope, id);
    return Replies.list(
        conditions, grants.of(administered).stream().map(AccessResource::body).toList());
  }

  @GET
  @Path("{kind}/{id}")
  public Response grant(
      @Context HttpServletRequest request,
      @PathParam("scope") String scope,
      @PathParam("scopeId") String scopeId,
      @PathParam("kind") String kind,
      @PathParam("id") String id) {
    Scope administered = administered(request, scope, scopeId);
    Subject subject = subject(kind, id);
    return grants.of(administered).stream()
        .filter(grant -> grant.subject().equals(subject))
        .findFirst()
        .map(grant -> Replies.fresh(body(grant), MediaType.APPLICATION_JSON))
        .orElseThrow(AccessResource::none);
  }

  @PUT
  @Path("{kind}/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @Context HttpServletRequest request,
      @PathParam("scope") String scope,
      @PathParam("scopeId") String scopeId,
      @PathParam("kind") String kind,
      @PathParam("id") String id,
      @Nullable AccessBody body) {
    Scope administered = administered(request, scope, scopeId);
    Grant grant = new Grant(subject(kind, id), level(administered, body));
    grants.put(administered, grant);
    return Replies.fresh(body(grant), MediaType.APPLICATION_JSON);
  }

  @DELETE
  @Path("{kind}/{id}")
  public Response delete(
      @Context HttpServletRequest request,
      @PathParam("scope") String scope,
      @PathParam("scopeId") String scopeId,
      @PathParam("kind") String kind,
      @PathParam("id") String id) {
    if (!grants.remove(administered(request, scope, scopeId), subject(kind, id))) {
      throw none();
    }
    return Response.noContent().build();
  }

  private Scope administered(HttpServletRequest request, String scope, String id) {
    return scope.equals("pages")
        ? new Scope.OfPage(gate.page(request, id, Access.ADMIN).id())
        : new Scope.OfSpace(gate.space(request, id, Access.ADMIN).space().id());
  }

  private Subject subject(String kind, String id) {
    if (kind.equals("group") || kind.equals("organisation")) {
      throw new Refusal(
          422, "This wiki knows no groups and organisations: grant to a user, or to everyone.");
    }
    Subject subject =
        Subject.of(kind, id)
            .orElseThrow(
                () ->
                    new Refusal(
                        404, "Grants are for user/<id> and everyone/-: there is no such subject."));
    if (subject instanceof Subject.Person person && accounts.user(person.user()).isEmpty()) {
      throw new Refusal(404, "There is no such user: look the id up again.");
    }
    return subject;
  }

  private static Access level(Scope scope, @Nullable AccessBody body) {
    Access access =
        Optional.ofNullable(body)
            .map(AccessBody::access)
            .flatMap(Access::of)
            .orElseThrow(
                () ->
                    new Refusal(422, "The access is one of none, view, comment, edit and admin."));
    if (access == Access.NONE && scope instanceof Scope.OfSpace) {
      throw new Refusal(422, "A space inherits nothing to take away: delete the grant instead.");
    }
    return access;
  }

  private static GrantBody body(Grant grant) {
    return new GrantBody(grant.subject().kind(), grant.subject().id(), grant.access().word());
  }

  private static Refusal none() {
    return new Refusal(404, "There is no such grant here: it may be inherited from the space.");
  }
}
