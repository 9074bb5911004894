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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.wiki.access.Rights;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.gate.SpaceVisit;
import org.tandem.wiki.page.Forest;
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
  private final Rights rights;
  private final PageTree tree;

  public NewPages(Gate gate, Screens screens, Rights rights, PageTree tree) {
    this.gate = gate;
    this.screens = screens;
    this.rights = rights;
    this.tree = tree;
  }

  @GET
  public Response form(
      @Context HttpServletRequest request,
      @PathParam("space") String key,
      @QueryParam("parent") @Nullable String parent) {
    Optional<PageId> chosen = Optional.ofNullable(parent).flatMap(PageId::parse);
    return screens.show(request, "newPage", form(request, key, chosen, "", ""));
  }

  @POST
  public Response create(@Context HttpServletRequest request, @PathParam("space") String key) {
    String title = Fields.of(request, "title");
    Place place;
    try {
      Optional<String> parent =
          Optional.of(Fields.of(request, "parent")).filter(text -> !text.isBlank());
      place = gate.place(request, key, parent);
    } catch (Refusal refused) {
      if (refused.status() != 422) {
        throw refused;
      }
      NewPageForm again = form(request, key, Optional.empty(), title, refused.detail());
      return screens.show(request, 422, "newPage", again);
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
    return screens.show(
        request, 422, "newPage", form(request, key, place.parent(), title, problem));
  }

  private NewPageForm form(
      HttpServletRequest request,
      String key,
      Optional<PageId> parent,
      String title,
      String problem) {
    boolean below = parent.isPresent();
    SpaceVisit visit = gate.space(request, key, below ? Access.NONE : Access.EDIT);
    if (below) {
      gate.page(request, parent.get().toString(), Access.EDIT);
    }
    Forest visible = new Forest(rights.visible(visit.space().id(), visit.user()));
    return new NewPageForm(
        visit.space(),
        visit.access().allows(Access.EDIT),
        Choice.pages(visible, List.of(), parent),
        title,
        problem);
  }
}
