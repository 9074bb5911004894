package org.tandem.wiki.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.wiki.audit.AuditEntry;
import org.tandem.wiki.audit.AuditLog;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.rest.wire.Json;
import org.tandem.wiki.rest.wire.Replies;

/** The record of what was done, for administrators. */
@Path("admin/audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {

  /**
   * @param sources where there are entries from: ids of plugins, and a hyphen for the wiki itself
   * @param more whether there are older ones
   */
  record ListBody(List<String> sources, List<EntryBody> entries, boolean more) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record EntryBody(
      long id,
      String at,
      String source,
      String act,
      @Nullable String user,
      String userName,
      @Nullable String page,
      String pageTitle,
      String detail) {}

  private static final int PER_ANSWER = 100;

  private final Gate gate;
  private final AuditLog audit;

  public AuditResource(Gate gate, AuditLog audit) {
    this.gate = gate;
    this.audit = audit;
  }

  /**
   * The newest entries.
   *
   * @param source those of this one; all without it
   * @param before those with a lower id
   */
  @GET
  public Response entries(
      @Context HttpServletRequest request,
      @QueryParam("source") @Nullable String source,
      @QueryParam("before") @Nullable String before) {
    gate.admin(request);
    List<AuditEntry> found = audit.entries(Optional.ofNullable(source), id(before), PER_ANSWER + 1);
    ListBody body =
        new ListBody(
            audit.sources(),
            found.stream().limit(PER_ANSWER).map(AuditResource::body).toList(),
            found.size() > PER_ANSWER);
    return Replies.fresh(Json.text(body), MediaType.APPLICATION_JSON);
  }

  private static long id(@Nullable String text) {
    if (text == null) {
      return AuditLog.NEWEST;
    } else if (!text.matches("\\d{1,18}")) {
      throw new Refusal(422, "Give the id of an entry as before, or leave it out.");
    }
    return Long.parseLong(text);
  }

  private static EntryBody body(AuditEntry entry) {
    return new EntryBody(
        entry.id(),
        entry.at().toString(),
        entry.source(),
        entry.act(),
        entry.user().map(Object::toString).orElse(null),
        entry.userName(),
        entry.page().map(Object::toString).orElse(null),
        entry.pageTitle(),
        entry.detail());
  }
}
