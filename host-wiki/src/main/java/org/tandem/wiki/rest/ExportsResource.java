package org.tandem.wiki.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.wiki.exchange.Exports;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.rest.wire.Json;
import org.tandem.wiki.rest.wire.Replies;

/** A page as a file: the ways that there are, and the file. */
@Path("pages/{page}/exports")
public final class ExportsResource {

  /**
   * @param plugin empty for the wiki itself
   */
  record WayBody(
      String plugin,
      String name,
      String label,
      String mediaType,
      String extension,
      String address) {}

  private final Gate gate;
  private final Exports exports;

  public ExportsResource(Gate gate, Exports exports) {
    this.gate = gate;
    this.exports = exports;
  }

  @GET
  public Response ways(@Context HttpServletRequest request, @PathParam("page") String page) {
    PageId id = gate.page(request, page, Access.VIEW).id();
    return Replies.fresh(
        Json.text(exports.ways().stream().map(way -> body(id, way)).toList()),
        MediaType.APPLICATION_JSON);
  }

  private static WayBody body(PageId page, Exports.Way way) {
    return new WayBody(
        way.plugin(),
        way.name(),
        way.label(),
        way.mediaType(),
        way.extension(),
        "/api/pages/" + page + "/exports/" + way.path());
  }

  @GET
  @Path("{name}")
  public Response own(
      @Context HttpServletRequest request,
      @PathParam("page") String page,
      @PathParam("name") String name) {
    return exports.own(gate.page(request, page, Access.VIEW), name).response();
  }

  @GET
  @Path("{plugin}/{name}")
  public Response byPlugin(
      @Context HttpServletRequest request,
      @PathParam("page") String page,
      @PathParam("plugin") String plugin,
      @PathParam("name") String name) {
    return exports.by(gate.page(request, page, Access.VIEW), plugin, name).response();
  }
}
