package org.tandem.wiki.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.User;
import org.tandem.api.plugin.Maintenance;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.maintenance.MaintainedPlugin;
import org.tandem.wiki.maintenance.Run;
import org.tandem.wiki.maintenance.Runs;
import org.tandem.wiki.maintenance.StartOutcome;
import org.tandem.wiki.rest.wire.Json;
import org.tandem.wiki.rest.wire.Replies;

/** The maintenance that plugins offer, and its runs on this node, for administrators. */
@Path("admin/maintenance")
@Produces(MediaType.APPLICATION_JSON)
public final class MaintenanceResource {

  private static final String RUNS = "/api/admin/maintenance/runs/";

  record Order(@Nullable String argument) {}

  record PluginBody(
      String id, String version, boolean running, List<MaintenanceBody> maintenance) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MaintenanceBody(
      String name, String title, String description, @Nullable String argument) {}

  record ListBody(List<PluginBody> plugins, List<RunBody> runs) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RunBody(
      String id,
      String plugin,
      String name,
      @Nullable String argument,
      String startedBy,
      String startedAt,
      @Nullable String endedAt,
      String state,
      boolean cancelling,
      List<String> progress,
      List<String> report) {}

  private final Gate gate;
  private final Runs runs;

  public MaintenanceResource(Gate gate, Runs runs) {
    this.gate = gate;
    this.runs = runs;
  }

  @GET
  public Response list(@Context HttpServletRequest request) {
    gate.admin(request);
    return fresh(
        new ListBody(
            runs.plugins().stream().map(MaintenanceResource::body).toList(),
            runs.all().stream().map(MaintenanceResource::body).toList()));
  }

  @POST
  @Path("{plugin}/{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response start(
      @Context HttpServletRequest request,
      @PathParam("plugin") String plugin,
      @PathParam("name") String name,
      @Nullable Order order) {
    User admin = gate.admin(request);
    String argument = order == null ? "" : Objects.toString(order.argument(), "");
    StartOutcome outcome = runs.start(plugin, name, argument, admin.name());
    if (outcome instanceof StartOutcome.Started started) {
      return accepted(started.run());
    } else if (outcome instanceof StartOutcome.Busy busy) {
      throw new Refusal(409, busy.reason(), Map.of("run", RUNS + busy.run().id()));
    } else if (outcome instanceof StartOutcome.Unusable unusable) {
      throw new Refusal(422, unusable.reason());
    }
    throw new Refusal(404, "No plugin offers this: the list of maintenance says what there is.");
  }

  @GET
  @Path("runs/{run}")
  public Response run(@Context HttpServletRequest request, @PathParam("run") String id) {
    gate.admin(request);
    return fresh(body(known(id)));
  }

  /** Cancels it; 202 while it goes on, 200 when it has ended. */
  @DELETE
  @Path("runs/{run}")
  public Response cancel(@Context HttpServletRequest request, @PathParam("run") String id) {
    gate.admin(request);
    Run run = known(id);
    run.cancel();
    return run.isGoingOn() ? accepted(run) : fresh(body(run));
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

  private static Response accepted(Run run) {
    return Response.accepted(Json.text(body(run)))
        .header(HttpHeaders.LOCATION, RUNS + run.id())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static Response fresh(Object body) {
    return Replies.fresh(Json.text(body), MediaType.APPLICATION_JSON);
  }

  private static PluginBody body(MaintainedPlugin plugin) {
    return new PluginBody(
        plugin.id(),
        plugin.version(),
        plugin.running(),
        plugin.maintenance().stream().map(MaintenanceResource::body).toList());
  }

  private static MaintenanceBody body(Maintenance offered) {
    return new MaintenanceBody(
        offered.name(), offered.title(), offered.description(), offered.argument().orElse(null));
  }

  private static RunBody body(Run run) {
    Run.Now now = run.now();
    return new RunBody(
        run.id(),
        run.plugin(),
        run.name(),
        run.argument().orElse(null),
        run.startedBy(),
        run.startedAt().toString(),
        now.endedAt().map(Instant::toString).orElse(null),
        now.state().word(),
        now.cancelling(),
        now.progress(),
        now.report());
  }
}
