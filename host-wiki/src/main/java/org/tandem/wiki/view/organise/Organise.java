package org.tandem.wiki.view.organise;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.wiki.access.Rights;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.PageVisit;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.page.Forest;
import org.tandem.wiki.page.PageEntry;
import org.tandem.wiki.page.PageTree;
import org.tandem.wiki.page.Place;
import org.tandem.wiki.page.TreeOutcome;
import org.tandem.wiki.space.Space;
import org.tandem.wiki.space.Spaces;
import org.tandem.wiki.view.Fields;
import org.tandem.wiki.view.Screens;
import org.tandem.wiki.view.frame.Crumbs;

/** The forms that rename, move and delete a page. */
@Path("pages/{page}")
public final class Organise {

  /** The form for the title. */
  public record RenameForm(PageEntry page, String title, String problem) {}

  /** The form for the place; a place is a space's key, or the id of a page. */
  public record MoveForm(PageEntry page, List<Shelf> spaces, String problem) {}

  /** A space as a group of places. */
  public record Shelf(Space space, boolean atTop, boolean chosen, List<Choice> pages) {}

  /** The question before a page is deleted. */
  public record DeleteForm(PageEntry page, int below) {}

  private static final String SPACE = "space:";

  private final Gate gate;
  private final Screens screens;
  private final Rights rights;
  private final Spaces spaces;
  private final PageTree tree;

  public Organise(Gate gate, Screens screens, Rights rights, Spaces spaces, PageTree tree) {
    this.gate = gate;
    this.screens = screens;
    this.rights = rights;
    this.spaces = spaces;
    this.tree = tree;
  }

  @GET
  @Path("rename")
  public Response renameForm(@Context HttpServletRequest request, @PathParam("page") String id) {
    PageEntry page = gate.page(request, id, Access.EDIT).page();
    return screens.show(request, "rename", new RenameForm(page, page.title(), ""));
  }

  @POST
  @Path("rename")
  public Response rename(@Context HttpServletRequest request, @PathParam("page") String id) {
    PageVisit visit = gate.page(request, id, Access.EDIT);
    String title = Fields.of(request, "title");
    TreeOutcome outcome = tree.change(visit.id(), Optional.of(title), Optional.empty());
    if (outcome instanceof TreeOutcome.Refused refused) {
      RenameForm form = new RenameForm(visit.page(), title, refused.reason());
      return screens.show(request, 422, "rename", form);
    }
    return Screens.goTo(Crumbs.href(visit.id()));
  }

  @GET
  @Path("move")
  public Response moveForm(@Context HttpServletRequest request, @PathParam("page") String id) {
    PageVisit visit = gate.page(request, id, Access.EDIT);
    return screens.show(request, "move", new MoveForm(visit.page(), shelves(visit), ""));
  }

  @POST
  @Path("move")
  public Response move(@Context HttpServletRequest request, @PathParam("page") String id) {
    PageVisit visit = gate.page(request, id, Access.EDIT);
    Place place = place(request, Fields.of(request, "place"));
    gate.mayMove(visit, place.space());
    TreeOutcome outcome = tree.change(visit.id(), Optional.empty(), Optional.of(place));
    if (outcome instanceof TreeOutcome.Refused refused) {
      MoveForm form = new MoveForm(visit.page(), shelves(visit), refused.reason());
      return screens.show(request, 422, "move", form);
    }
    return Screens.goTo(Crumbs.href(visit.id()));
  }

  @GET
  @Path("delete")
  public Response deleteForm(@Context HttpServletRequest request, @PathParam("page") String id) {
    PageVisit visit = gate.page(request, id, Access.EDIT);
    Forest forest = new Forest(tree.of(visit.space().id()));
    int below = forest.children(Optional.of(visit.id())).size();
    return screens.show(request, "delete", new DeleteForm(visit.page(), below));
  }

  @POST
  @Path("delete")
  public Response delete(@Context HttpServletRequest request, @PathParam("page") String id) {
    PageVisit visit = gate.page(request, id, Access.EDIT);
    tree.delete(visit.id());
    return Screens.goTo(
        visit.page().parent().map(Crumbs::href).orElse("/spaces/" + visit.space().key()));
  }

  private Place place(HttpServletRequest request, String typed) {
    if (typed.startsWith(SPACE)) {
      String key = typed.substring(SPACE.length());
      return new Place(gate.space(request, key, Access.EDIT).space().id(), Optional.empty());
    }
    if (PageId.parse(typed).isEmpty()) {
      throw new Refusal(400, "Choose the place from the list of the form.");
    }
    PageVisit above = gate.page(request, typed, Access.EDIT);
    return new Place(above.space().id(), Optional.of(above.id()));
  }

  /** All places that the person sees; those where she may not edit are refused when chosen. */
  private List<Shelf> shelves(PageVisit visit) {
    List<Shelf> shelves = new ArrayList<>();
    for (Space space : rights.visible(spaces.all(), visit.user())) {
      Forest visible = new Forest(rights.visible(space.id(), visit.user()));
      boolean own = space.equals(visit.space());
      shelves.add(
          new Shelf(
              space,
              rights.access(space, visit.user()).allows(Access.EDIT),
              own && visit.page().parent().isEmpty(),
              Choice.pages(visible, visible.subtree(visit.id()), visit.page().parent())));
    }
    return shelves;
  }
}
