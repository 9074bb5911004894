package org.tandem.wiki.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.wiki.content.Editing;
import org.tandem.wiki.content.MarkdownEdit;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.PageVisit;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.rest.wire.Json;
import org.tandem.wiki.rest.wire.Renderings;
import org.tandem.wiki.rest.wire.Replies;
import org.tandem.wiki.rest.wire.Texts;

/** The content of a page: read in four forms, saved in two. */
@Path("pages/{page}/content")
public final class ContentResource {

  private static final String MARKDOWN = "text/markdown";

  // A proxy that compresses may have weakened the tag or named its encoding in it.
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,18})(?:--?\\w+)?\"");

  private final Gate gate;
  private final Editing editing;

  public ContentResource(Gate gate, Editing editing) {
    this.gate = gate;
    this.editing = editing;
  }

  @GET
  public Response content(
      @Context HttpServletRequest request,
      @Context Request conditions,
      @PathParam("page") String page) {
    PageVisit visit = gate.page(request, page, Access.VIEW);
    return Renderings.of(
        conditions,
        editing.current(visit.id()).orElseThrow(ContentResource::gone),
        editing.shown());
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response saveOps(
      @Context HttpServletRequest request,
      @PathParam("page") String page,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable ObjectNode body) {
    PageVisit visit = gate.page(request, page, Access.EDIT);
    long base = base(ifMatch);
    return save(visit, base, document(body));
  }

  @PUT
  @Consumes(MARKDOWN)
  @Produces(MediaType.APPLICATION_JSON)
  public Response saveMarkdown(
      @Context HttpServletRequest request,
      @PathParam("page") String page,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type,
      byte[] body) {
    PageVisit visit = gate.page(request, page, Access.EDIT);
    long base = base(ifMatch);
    String markdown = Texts.of(body, type);
    PageContent known = editing.at(visit.id(), base).orElseThrow(() -> stale(visit.id()));
    Delta document =
        MarkdownEdit.apply(
                known.document(),
                editing.shown().markdown(known.document()),
                markdown,
                visit.user().id())
            .orElseThrow(() -> new Refusal(422, MarkdownEdit.PROBLEM));
    return save(visit, base, document);
  }

  private Response save(PageVisit visit, long base, Delta document) {
    SaveOutcome outcome = editing.save(visit.id(), visit.user().id(), base, document);
    if (outcome instanceof SaveOutcome.Saved saved) {
      return Replies.atRevision(
          saved.rev(), Map.of("rev", saved.rev()), MediaType.APPLICATION_JSON);
    } else if (outcome instanceof SaveOutcome.Stale stale) {
      throw stale(stale.head());
    } else if (outcome instanceof SaveOutcome.Refused refused) {
      throw new Refusal(422, refused.reason());
    } else if (outcome instanceof SaveOutcome.Forbidden) {
      throw new Refusal(403, "You may not edit this page any more, or it was deleted just now.");
    }
    String reason =
        outcome instanceof SaveOutcome.Unavailable unavailable ? unavailable.reason() : "";
    throw new Refusal(
        503,
        reason.isEmpty()
            ? "The page cannot be saved at the moment: keep the text, try again."
            : reason);
  }

  private static Delta document(@Nullable ObjectNode body) {
    JsonNode ops = body == null ? null : body.get("ops");
    if (ops == null || !ops.isArray()) {
      throw new Refusal(400, "Send the whole document as {\"ops\": [...]}.");
    }
    DeltaJson.Parsed parsed = DeltaJson.fromPlain(Json.plain(ops));
    if (parsed instanceof DeltaJson.Parsed.Valid valid) {
      if (!valid.delta().isDocument()) {
        throw new Refusal(422, "A document consists of inserts alone: send all of it, no change.");
      }
      return valid.delta();
    }
    throw new Refusal(422, ((DeltaJson.Parsed.Malformed) parsed).reason());
  }

  private static long base(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw new Refusal(
          428, "Say which revision you changed: send the ETag of its GET as If-Match.");
    }
    Matcher tag = TAG.matcher(ifMatch.strip());
    if (!tag.matches()) {
      throw new Refusal(400, "If-Match holds one revision in quotes, as in \"12\".");
    }
    return Long.parseLong(tag.group(1));
  }

  private Refusal stale(PageId page) {
    return stale(editing.current(page).map(PageContent::rev).orElse(0L));
  }

  private static Refusal stale(long head) {
    return new Refusal(
        412,
        "The page stands at revision "
            + head
            + " and yours does not build on it: load it, enter your change there, save again.",
        Map.of("rev", head));
  }

  private static Refusal gone() {
    return new Refusal(404, "There is no such page any more: somebody deleted it.");
  }
}
