package org.tandem.wiki.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.Access;
import org.tandem.api.host.User;
import org.tandem.wiki.exchange.Exchange;
import org.tandem.wiki.exchange.Imports;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.page.Place;
import org.tandem.wiki.rest.wire.BodyBytes;
import org.tandem.wiki.rest.wire.Json;
import org.tandem.wiki.rest.wire.Replies;

/** A file as a new page: the ways that there are, and the page. */
@Path("spaces/{space}/imports")
@Produces(MediaType.APPLICATION_JSON)
public final class ImportsResource {

  /**
   * @param plugin empty for the wiki itself
   */
  record WayBody(
      String plugin, String name, String label, List<String> extensions, String address) {}

  private final Gate gate;
  private final Imports imports;

  public ImportsResource(Gate gate, Imports imports) {
    this.gate = gate;
    this.imports = imports;
  }

  @GET
  public Response ways(@Context HttpServletRequest request, @PathParam("space") String space) {
    String key = gate.space(request, space, Access.VIEW).space().key();
    return Replies.fresh(
        Json.text(imports.ways().stream().map(way -> body(key, way)).toList()),
        MediaType.APPLICATION_JSON);
  }

  private static WayBody body(String space, Imports.Way way) {
    return new WayBody(
        way.plugin(),
        way.name(),
        way.label(),
        way.extensions(),
        "/api/spaces/" + space + "/imports/" + way.path());
  }

  @POST
  @Path("{way: [^/]+(?:/[^/]+)?}")
  @Consumes(MediaType.WILDCARD)
  @BodyBytes(Exchange.MOST_IMPORTED)
  public Response bring(
      @Context HttpServletRequest request,
      @PathParam("space") String space,
      @PathParam("way") String path,
      @QueryParam("file") @DefaultValue("") String name,
      @QueryParam("title") @DefaultValue("") String title,
      @QueryParam("parent") @Nullable String parent,
      InputStream body)
      throws IOException {
    User user;
    Place place;
    Imports.Way way;
    try {
      user = gate.user(request);
      place = gate.place(request, space, Optional.ofNullable(parent));
      way = imports.way(path);
    } catch (Refusal refused) {
      // A caller who is cut off while writing never reads the answer.
      body.transferTo(OutputStream.nullOutputStream());
      throw refused;
    }
    Imports.Brought file = new Imports.Brought(name, body.readAllBytes());
    String id = imports.bring(way, file, place, title, user.id()).id().toString();
    return Response.created(URI.create("/api/pages/" + id)).entity(Map.of("id", id)).build();
  }
}
