package org.tandem.wiki.view.edit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageContent;
import org.tandem.wiki.content.Editing;
import org.tandem.wiki.content.MarkdownEdit;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.PageVisit;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.page.PageEntry;
import org.tandem.wiki.view.EditorPage;
import org.tandem.wiki.view.Fields;
import org.tandem.wiki.view.Screens;
import org.tandem.wiki.view.frame.Crumbs;

/**
 * Changes a page: in the plugin's editor while there is one, else in a form for Markdown. The form
 * serves browsers without JavaScript, too.
 */
@Path("pages/{page}/edit")
public final class EditPages {

  /** The shell that a plugin's editor fills. */
  public record EditorView(PageEntry page, EditorPage editor) {}

  /**
   * The form.
   *
   * @param base the revision that the text builds on
   * @param problem why the form came back; empty at first
   * @param theirs what somebody else saved meanwhile; empty when nobody did
   */
  public record MarkdownForm(
      PageEntry page, long base, String text, String problem, Optional<String> theirs) {

    /** Whether it came back with what was sent. */
    public boolean returned() {
      return !problem.isEmpty() || theirs.isPresent();
    }
  }

  private final Gate gate;
  private final Screens screens;
  private final Editing editing;
  private final Supplier<Optional<EditorPage>> editor;

  public EditPages(
      Gate gate, Screens screens, Editing editing, Supplier<Optional<EditorPage>> editor) {
    this.gate = gate;
    this.screens = screens;
    this.editing = editing;
    this.editor = editor;
  }

  @GET
  public Response edit(
      @Context HttpServletRequest request,
      @PathParam("page") String id,
      @QueryParam("form") @Nullable String form) {
    PageVisit visit = gate.page(request, id, Access.EDIT);
    Optional<EditorPage> plugin = editor.get().filter(any -> form == null);
    if (plugin.isPresent()) {
      return screens.show(request, "editor", new EditorView(visit.page(), plugin.get()));
    }
    PageContent content = current(visit);
    String text = editing.shown().markdown(content.document());
    return screens.show(
        request,
        "markdown",
        new MarkdownForm(visit.page(), content.rev(), text, "", Optional.empty()));
  }

  @POST
  public Response save(@Context HttpServletRequest request, @PathParam("page") String id) {
    PageVisit visit = gate.page(request, id, Access.EDIT);
    String text = Fields.of(request, "text").replace("\r\n", "\n");
    String typedBase = Fields.of(request, "base");
    if (!typedBase.matches("\\d{1,18}")) {
      throw new Refusal(400, "The form was incomplete: go back, copy your text, open it again.");
    }
    long base = Long.parseLong(typedBase);
    Optional<PageContent> known = editing.at(visit.id(), base);
    SaveOutcome outcome =
        known.isPresent() ? save(visit, base, known.get(), text) : new SaveOutcome.Stale(base);
    return answer(request, visit, base, text, outcome);
  }

  private SaveOutcome save(PageVisit visit, long base, PageContent known, String text) {
    String written = editing.shown().markdown(known.document());
    return MarkdownEdit.apply(known.document(), written, text, visit.user().id())
        .map(document -> editing.save(visit.id(), visit.user().id(), base, document))
        .orElseGet(() -> new SaveOutcome.Refused(MarkdownEdit.PROBLEM));
  }

  private Response answer(
      HttpServletRequest request, PageVisit visit, long base, String text, SaveOutcome outcome) {
    if (outcome instanceof SaveOutcome.Saved) {
      return Screens.goTo(Crumbs.href(visit.id()));
    } else if (outcome instanceof SaveOutcome.Stale) {
      PageContent head = current(visit);
      String theirs = editing.shown().markdown(head.document());
      return again(request, 409, visit, head.rev(), text, "", Optional.of(theirs));
    } else if (outcome instanceof SaveOutcome.Refused refused) {
      return again(request, 422, visit, base, text, refused.reason(), Optional.empty());
    } else if (outcome instanceof SaveOutcome.Forbidden) {
      String lost = "You may not edit this page any more. Copy your text before you leave.";
      return again(request, 403, visit, base, text, lost, Optional.empty());
    }
    String reason =
        outcome instanceof SaveOutcome.Unavailable unavailable ? unavailable.reason() : "";
    String later =
        (reason.isEmpty() ? "The page cannot be saved at the moment." : reason)
            + " Your text is still here: save again.";
    return again(request, 503, visit, base, text, later, Optional.empty());
  }

  private Response again(
      HttpServletRequest request,
      int status,
      PageVisit visit,
      long base,
      String text,
      String problem,
      Optional<String> theirs) {
    MarkdownForm form = new MarkdownForm(visit.page(), base, text, problem, theirs);
    return screens.show(request, status, "markdown", form);
  }

  private PageContent current(PageVisit visit) {
    return editing
        .current(visit.id())
        .orElseThrow(
            () ->
                new Refusal(404, "There is no such page any more: somebody deleted it just now."));
  }
}
