package org.tandem.wiki.view.organise;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.space.SpaceOutcome;
import org.tandem.wiki.space.Spaces;
import org.tandem.wiki.view.Fields;
import org.tandem.wiki.view.Screens;

/** The form for a new space, for administrators of the wiki. */
@Path("new-space")
public final class NewSpaces {

  /** The form, with what was typed and why it came back. */
  public record NewSpaceForm(String key, String name, String problem) {}

  private final Gate gate;
  private final Screens screens;
  private final Spaces spaces;

  public NewSpaces(Gate gate, Screens screens, Spaces spaces) {
    this.gate = gate;
    this.screens = screens;
    this.spaces = spaces;
  }

  @GET
  public Response form(@Context HttpServletRequest request) {
    gate.admin(request);
    return screens.show(request, "newSpace", new NewSpaceForm("", "", ""));
  }

  @POST
  public Response create(@Context HttpServletRequest request) {
    gate.admin(request);
    String key = Fields.of(request, "key").strip();
    String name = Fields.of(request, "name");
    SpaceOutcome outcome = spaces.create(key, name);
    if (outcome instanceof SpaceOutcome.Refused refused) {
      NewSpaceForm form = new NewSpaceForm(key, name, refused.reason());
      return screens.show(request, 422, "newSpace", form);
    }
    return Screens.goTo("/spaces/" + key);
  }
}
