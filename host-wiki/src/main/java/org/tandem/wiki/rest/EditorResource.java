package org.tandem.wiki.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.Access;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.rest.wire.Replies;
import org.tandem.wiki.view.EditorPage;
import org.tandem.wiki.view.frame.WebManifest;

/** What an Edit button opens now: for an editor that is open, whether it is still the newest. */
@Path("pages/{page}/editor")
public final class EditorResource {

  /** What is loaded then, in one word; null: the wiki's own form opens. */
  record FrontEnd(@Nullable String frontEnd) {}

  private final Gate gate;
  private final WebManifest web;
  private final Supplier<Optional<EditorPage>> editor;

  public EditorResource(Gate gate, WebManifest web, Supplier<Optional<EditorPage>> editor) {
    this.gate = gate;
    this.web = web;
    this.editor = editor;
  }

  @GET
  public Response editor(@Context HttpServletRequest request, @PathParam("page") String page) {
    gate.page(request, page, Access.VIEW);
    Optional<String> frontEnd = editor.get().map(now -> now.frontEnd(web));
    return Replies.fresh(new FrontEnd(frontEnd.orElse(null)), MediaType.APPLICATION_JSON);
  }
}
