package org.tandem.wiki.view.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.tandem.api.host.User;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.installation.ActOutcome;
import org.tandem.wiki.installation.Installation;
import org.tandem.wiki.installation.UnderWay;
import org.tandem.wiki.view.Fields;
import org.tandem.wiki.view.Screens;

/** The page of one plugin, and what an administrator does there. */
@Path("admin/plugins/{plugin}")
public final class PluginPages {

  /**
   * @param underWay what the node does with some plugin just now; empty when nothing
   * @param problem what was wrong with the form that was sent
   */
  public record PluginPage(PluginView plugin, String underWay, String problem) {}

  private final Gate gate;
  private final Screens screens;
  private final Installation installation;

  public PluginPages(Gate gate, Screens screens, Installation installation) {
    this.gate = gate;
    this.screens = screens;
    this.installation = installation;
  }

  @GET
  public Response plugin(@Context HttpServletRequest request, @PathParam("plugin") String id) {
    gate.admin(request);
    return page(request, 200, id, "");
  }

  @POST
  @Path("enable")
  public Response enable(@Context HttpServletRequest request, @PathParam("plugin") String id) {
    User admin = gate.admin(request);
    return done(request, id, installation.enable(id, admin.name()));
  }

  @POST
  @Path("disable")
  public Response disable(@Context HttpServletRequest request, @PathParam("plugin") String id) {
    User admin = gate.admin(request);
    return done(request, id, installation.disable(id, admin.name()));
  }

  @POST
  @Path("roll-back")
  public Response rollBack(@Context HttpServletRequest request, @PathParam("plugin") String id) {
    User admin = gate.admin(request);
    return done(request, id, installation.rollBack(id, admin.name()));
  }

  @POST
  @Path("remove")
  public Response remove(@Context HttpServletRequest request, @PathParam("plugin") String id) {
    User admin = gate.admin(request);
    return done(request, id, installation.remove(id, admin.name()));
  }

  /** There is no way back, so the plugin's id is to be written as well. */
  @POST
  @Path("delete-data")
  public Response deleteData(@Context HttpServletRequest request, @PathParam("plugin") String id) {
    User admin = gate.admin(request);
    if (!Fields.of(request, "confirm").strip().equals(id)) {
      return page(request, 422, id, "Write " + id + " into the field to delete its data for good.");
    }
    ActOutcome outcome = installation.deleteData(id, admin.name());
    return outcome instanceof ActOutcome.Done ? Screens.goTo("/admin") : done(request, id, outcome);
  }

  private Response done(HttpServletRequest request, String id, ActOutcome outcome) {
    if (outcome instanceof ActOutcome.Refused refused) {
      return page(request, 422, id, refused.reason());
    } else if (outcome instanceof ActOutcome.Busy busy) {
      return page(request, 409, id, busy.reason());
    } else if (outcome instanceof ActOutcome.Unknown) {
      throw unknown();
    }
    return Screens.goTo(PluginView.href(id));
  }

  private Response page(HttpServletRequest request, int status, String id, String problem) {
    PluginView view = installation.plugin(id).map(PluginView::of).orElseThrow(PluginPages::unknown);
    String underWay = installation.underWay().map(UnderWay::sentence).orElse("");
    return screens.show(request, status, "adminPlugin", new PluginPage(view, underWay, problem));
  }

  private static Refusal unknown() {
    return new Refusal(404, "There is no such plugin: look at the list of plugins again.");
  }
}
