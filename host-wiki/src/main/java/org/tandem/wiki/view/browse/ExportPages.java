package org.tandem.wiki.view.browse;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.tandem.api.host.Access;
import org.tandem.wiki.exchange.Exports;
import org.tandem.wiki.gate.Gate;

/** A page as a file, for browsers: what goes wrong is said on a page. */
@Path("pages/{page}/exports")
public final class ExportPages {

  private final Gate gate;
  private final Exports exports;

  public ExportPages(Gate gate, Exports exports) {
    this.gate = gate;
    this.exports = exports;
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
