package org.tandem.wiki.view.browse;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.tandem.api.host.User;
import org.tandem.wiki.access.Rights;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.space.Space;
import org.tandem.wiki.space.Spaces;
import org.tandem.wiki.view.Screens;

/** The start page. */
@Path("/")
public final class HomePages {

  /** The spaces that the reader may see. */
  public record Home(List<Card> spaces, boolean mayCreate) {}

  /** A space and how many of its pages the reader may view. */
  public record Card(Space space, int pages) {}

  private final Gate gate;
  private final Screens screens;
  private final Spaces spaces;
  private final Rights rights;

  public HomePages(Gate gate, Screens screens, Spaces spaces, Rights rights) {
    this.gate = gate;
    this.screens = screens;
    this.spaces = spaces;
    this.rights = rights;
  }

  @GET
  public Response home(@Context HttpServletRequest request) {
    User user = gate.user(request);
    List<Card> cards =
        rights.visible(spaces.all(), user).stream()
            .map(space -> new Card(space, rights.visible(space.id(), user).size()))
            .toList();
    return screens.show(request, "home", new Home(cards, user.admin()));
  }
}
