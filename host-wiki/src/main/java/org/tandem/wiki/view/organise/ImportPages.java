package org.tandem.wiki.view.organise;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tandem.wiki.access.Rights;
import org.tandem.wiki.exchange.Exchange;
import org.tandem.wiki.exchange.Imports;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.page.PageEntry;
import org.tandem.wiki.page.Place;
import org.tandem.wiki.space.Space;
import org.tandem.wiki.view.Fields;
import org.tandem.wiki.view.Screens;
import org.tandem.wiki.view.frame.Crumbs;

/** The form for a new page that is made of a file. */
@Path("spaces/{space}/import")
public final class ImportPages {

  /**
   * The form, with what was typed when it comes back: but for the file, which browsers forget.
   *
   * @param atTop whether the top of the space is offered
   * @param ways how files are read
   * @param way the chosen one's path; empty: by the file's name
   * @param problem why it came back; empty at first
   */
  public record ImportForm(
      Space space,
      boolean atTop,
      List<Choice> parents,
      String title,
      List<Imports.Way> ways,
      String way,
      String problem) {

    /** The files that a browser offers first. */
    public String accept() {
      return ways.stream()
          .flatMap(one -> one.extensions().stream())
          .distinct()
          .map(extension -> "." + extension)
          .collect(Collectors.joining(","));
    }
  }

  private static final int MOST_MB = Exchange.MOST_IMPORTED / 1024 / 1024;

  private final Gate gate;
  private final Screens screens;
  private final Parents parents;
  private final Imports imports;

  public ImportPages(Gate gate, Screens screens, Rights rights, Imports imports) {
    this.gate = gate;
    this.screens = screens;
    this.parents = new Parents(gate, rights);
    this.imports = imports;
  }

  @GET
  public Response form(
      @Context HttpServletRequest request,
      @PathParam("space") String key,
      @QueryParam("parent") @Nullable String parent) {
    try {
      Place place = parents.place(request, key, Objects.requireNonNullElse(parent, ""));
      return show(request, 200, parents.at(request, key, place), "");
    } catch (Refusal refused) {
      return show(request, 422, parents.again(request, key, refused), refused.detail());
    }
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response bring(@Context HttpServletRequest request, @PathParam("space") String key)
      throws IOException {
    Place place;
    try {
      place = parents.place(request, key, Fields.of(request, "parent"));
    } catch (Refusal refused) {
      return show(request, 422, parents.again(request, key, refused), refused.detail());
    }
    try {
      Imports.Brought file = file(request);
      String path = Fields.of(request, "way");
      Imports.Way way = path.isEmpty() ? imports.wayFor(file) : imports.way(path);
      PageEntry made =
          imports.bring(way, file, place, Fields.of(request, "title"), gate.user(request).id());
      return Screens.goTo(Crumbs.href(made.id()));
    } catch (Refusal refused) {
      return show(request, refused.status(), parents.at(request, key, place), refused.detail());
    }
  }

  private static Imports.Brought file(HttpServletRequest request) throws IOException {
    Part part;
    try {
      part = request.getPart("file");
    } catch (ServletException noForm) {
      part = null;
    }
    if (part == null || part.getSize() == 0) {
      throw new Refusal(422, "Choose a file that is not empty.");
    } else if (part.getSize() > Exchange.MOST_IMPORTED) {
      throw new Refusal(413, "The file is larger than " + MOST_MB + " MB: split it.");
    }
    try (InputStream content = part.getInputStream()) {
      return new Imports.Brought(
          Objects.requireNonNullElse(part.getSubmittedFileName(), ""), content.readAllBytes());
    }
  }

  private Response show(
      HttpServletRequest request, int status, Parents.Offer offer, String problem) {
    return screens.show(
        request,
        status,
        "importPage",
        new ImportForm(
            offer.space(),
            offer.atTop(),
            offer.pages(),
            Fields.of(request, "title"),
            imports.ways(),
            Fields.of(request, "way"),
            problem));
  }
}
