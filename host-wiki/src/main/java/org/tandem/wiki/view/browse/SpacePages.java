package org.tandem.wiki.view.browse;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.tandem.api.host.Access;
import org.tandem.wiki.access.Rights;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.SpaceVisit;
import org.tandem.wiki.page.Forest;
import org.tandem.wiki.view.Screens;
import org.tandem.wiki.view.frame.Crumbs;

/** A space with the tree of its pages. */
@Path("spaces/{space}")
public final class SpacePages {

  /** What the page of a space shows. */
  public record SpaceView(Crumbs crumbs, boolean mayCreate, boolean mayAdminister) {}

  private final Gate gate;
  private final Screens screens;
  private final Rights rights;

  public SpacePages(Gate gate, Screens screens, Rights rights) {
    this.gate = gate;
    this.screens = screens;
    this.rights = rights;
  }

  @GET
  public Response space(@Context HttpServletRequest request, @PathParam("space") String key) {
    SpaceVisit visit = gate.space(request, key, Access.NONE);
    Forest visible = new Forest(rights.visible(visit.space().id(), visit.user()));
    if (visible.entries().isEmpty()) {
      gate.space(request, key, Access.VIEW);
    }
    return screens.show(
        request,
        "space",
        new SpaceView(
            Crumbs.of(visit.space(), visible, Optional.empty()),
            visit.access().allows(Access.EDIT),
            visit.access().allows(Access.ADMIN)));
  }
}
