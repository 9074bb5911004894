package org.tandem.wiki.view.organise;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.wiki.access.Rights;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.page.NewPage;
import org.tandem.wiki.page.PageTree;
import org.tandem.wiki.page.Place;
import org.tandem.wiki.page.TreeOutcome;
import org.tandem.wiki.space.Space;
import org.tandem.wiki.view.Fields;
import org.tandem.wiki.view.Screens;
import org.tandem.wiki.view.frame.Crumbs;

/** The form for a new page. */
@Path("spaces/{space}/new")
public final class NewPages {

  /**
   * The form, with what was typed when it comes back.
   *
   * @param atTop whether the top of the space is offered
   * @param problem why it came back; empty at first
   */
  public record NewPageForm(
      Space space, boolean atTop, List<Choice> parents, String title, String problem) {

    /** What chooses the same parent in another form's address. */
    public String below() {
      return parents.stream()
          .filter(Choice::chosen)
          .findFirst()
          .map(parent -> "?parent=" + parent.value())
          .orElse("");
    }
  }

  private final Gate gate;
  private final Screens screens;
  private final Parents parents;
  private final PageTree tree;

  public NewPages(Gate gate, Screens screens, Rights rights, PageTree tree) {
    this.gate = gate;
    this.screens = screens;
    this.parents = new Parents(gate, rights);
    this.tree = tree;
  }

  @GET
  public Response form(
      @Context HttpServletRequest request,
      @PathParam("space") String key,
      @QueryParam("parent") @Nullable String parent) {
    try {
      Place place = parents.place(request, key, Objects.requireNonNullElse(parent, ""));
      return show(request, 200, parents.at(request, key, place), "", "");
    } catch (Refusal refused) {
      return show(request, 422, parents.again(request, key, refused), "", refused.detail());
    }
  }

  @POST
  public Response create(@Context HttpServletRequest request, @PathParam("space") String key) {
    String title = Fields.of(request, "title");
    Place place;
    try {
      place = parents.place(request, key, Fields.of(request, "parent"));
    } catch (Refusal refused) {
      return show(request, 422, parents.again(request, key, refused), title, refused.detail());
    }
    TreeOutcome outcome =
        tree.create(
            new NewPage(
                place.space(), place.parent(), title, gate.user(request).id(), Optional.empty()));
    if (outcome instanceof TreeOutcome.Done done) {
      return Screens.goTo(Crumbs.href(done.page().id()) + "/edit");
    }
    String problem =
        outcome instanceof TreeOutcome.Refused refused ? refused.reason() : "Try again.";
    return show(request, 422, parents.at(request, key, place), title, problem);
  }

  private Response show(
      HttpServletRequest request, int status, Parents.Offer offer, String title, String problem) {
    return screens.show(
        request,
        status,
        "newPage",
        new NewPageForm(offer.space(), offer.atTop(), offer.pages(), title, problem));
  }
}
