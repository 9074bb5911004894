package org.tandem.wiki.view.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.tandem.api.host.User;
import org.tandem.api.plugin.Maintenance;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.installation.Installation;
import org.tandem.wiki.installation.RefusedArchive;
import org.tandem.wiki.installation.UnderWay;
import org.tandem.wiki.maintenance.MaintainedPlugin;
import org.tandem.wiki.maintenance.Run;
import org.tandem.wiki.maintenance.Runs;
import org.tandem.wiki.maintenance.StartOutcome;
import org.tandem.wiki.view.Fields;
import org.tandem.wiki.view.Screens;

/** The plugins, the maintenance that they offer and its runs, for administrators of the wiki. */
@Path("admin")
public final class MaintenancePages {

  /**
   * All plugins of the wiki, what was left off on this node, and what was wrong with the form that
   * was sent.
   *
   * @param underWay what the node does with some plugin just now; empty when nothing
   */
  public record AdminView(
      List<ListedPlugin> plugins, List<RefusedArchive> refused, String underWay, String problem) {}

  /** A plugin with what it offers. */
  public record ListedPlugin(PluginView plugin, List<MaintenanceView> maintenance) {}

  /**
   * A form that starts a run, and the runs that were.
   *
   * @param id for the elements of the page
   * @param argument what the argument means; empty when there is none
   * @param typed the argument that was sent and refused
   */
  public record MaintenanceView(
      String id,
      String action,
      String title,
      String description,
      String argument,
      String typed,
      boolean goingOn,
      List<RunView> runs) {}

  /** What a refused form held. */
  private record Typed(String plugin, String name, String argument, String problem) {

    static final Typed NOTHING = new Typed("", "", "", "");

    String argumentOf(MaintainedPlugin ofPlugin, Maintenance maintenance) {
      return plugin.equals(ofPlugin.id()) && name.equals(maintenance.name()) ? argument : "";
    }
  }

  private final Gate gate;
  private final Screens screens;
  private final Runs runs;
  private final Installation installation;

  public MaintenancePages(Gate gate, Screens screens, Runs runs, Installation installation) {
    this.gate = gate;
    this.screens = screens;
    this.runs = runs;
    this.installation = installation;
  }

  @GET
  public Response plugins(@Context HttpServletRequest request) {
    gate.admin(request);
    return screens.show(request, "admin", view(Typed.NOTHING));
  }

  @POST
  @Path("maintenance/{plugin}/{name}")
  public Response start(
      @Context HttpServletRequest request,
      @PathParam("plugin") String plugin,
      @PathParam("name") String name) {
    User admin = gate.admin(request);
    String argument = Fields.of(request, "argument");
    StartOutcome outcome = runs.start(plugin, name, argument, admin.name());
    if (outcome instanceof StartOutcome.Started started) {
      return Screens.goTo(RunView.href(started.run()));
    } else if (outcome instanceof StartOutcome.Busy busy) {
      return refused(request, 409, new Typed(plugin, name, argument, busy.reason()));
    } else if (outcome instanceof StartOutcome.Unusable unusable) {
      return refused(request, 422, new Typed(plugin, name, argument, unusable.reason()));
    }
    throw new Refusal(404, "No plugin offers this any more: look at the list of plugins again.");
  }

  private Response refused(HttpServletRequest request, int status, Typed typed) {
    return screens.show(request, status, "admin", view(typed));
  }

  @GET
  @Path("runs/{run}")
  public Response run(@Context HttpServletRequest request, @PathParam("run") String id) {
    gate.admin(request);
    return screens.show(request, "maintenanceRun", RunView.of(known(id)));
  }

  @POST
  @Path("runs/{run}/cancel")
  public Response cancel(@Context HttpServletRequest request, @PathParam("run") String id) {
    gate.admin(request);
    Run run = known(id);
    run.cancel();
    return Screens.goTo(RunView.href(run));
  }

  private Run known(String id) {
    return runs.run(id)
        .orElseThrow(
            () ->
                new Refusal(
                    404,
                    "This node remembers no such run: it ran on another node, or before the last"
                        + " start, or long ago."));
  }

  private AdminView view(Typed typed) {
    List<MaintainedPlugin> maintained = runs.plugins();
    List<ListedPlugin> plugins =
        installation.plugins().stream()
            .map(PluginView::of)
            .map(plugin -> new ListedPlugin(plugin, offered(plugin, maintained, typed)))
            .toList();
    return new AdminView(
        plugins,
        installation.refusedArchives(),
        installation.underWay().map(UnderWay::sentence).orElse(""),
        typed.problem());
  }

  private List<MaintenanceView> offered(
      PluginView plugin, List<MaintainedPlugin> maintained, Typed typed) {
    return maintained.stream()
        .filter(one -> one.id().equals(plugin.id()))
        .flatMap(one -> one.maintenance().stream().map(offered -> view(one, offered, typed)))
        .toList();
  }

  private MaintenanceView view(MaintainedPlugin plugin, Maintenance offered, Typed typed) {
    List<RunView> known = runs.of(plugin.id(), offered.name()).stream().map(RunView::of).toList();
    return new MaintenanceView(
        plugin.id() + "-" + offered.name(),
        "/admin/maintenance/" + plugin.id() + "/" + offered.name(),
        offered.title(),
        offered.description(),
        offered.argument().orElse(""),
        typed.argumentOf(plugin, offered),
        known.stream().anyMatch(RunView::goingOn),
        known);
  }
}
