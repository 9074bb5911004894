package org.tandem.wiki.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tandem.api.host.User;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.rest.wire.Replies;

/** Who is signed in. */
@Path("me")
public final class MeResource {

  record Me(String id, String name, String color, boolean admin) {}

  private final Gate gate;

  public MeResource(Gate gate) {
    this.gate = gate;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response me(@Context HttpServletRequest request) {
    User user = gate.user(request);
    return Replies.fresh(
        new Me(user.id().toString(), user.name(), user.color(), user.admin()),
        MediaType.APPLICATION_JSON);
  }
}
