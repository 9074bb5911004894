package org.tandem.wiki.view.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.tandem.wiki.audit.AuditEntry;
import org.tandem.wiki.audit.AuditLog;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.view.Screens;
import org.tandem.wiki.view.frame.Crumbs;
import org.tandem.wiki.view.frame.Moment;

/** The record of what was done, for administrators of the wiki. */
@Path("admin/audit")
public final class AuditPages {

  /**
   * A page of it.
   *
   * @param source whose entries are shown; empty for all
   * @param older address of the page of older ones; empty when there are none
   */
  public record AuditView(List<Source> sources, String source, List<Line> lines, String older) {}

  /** What can be chosen to see the entries of. */
  public record Source(String value, String label) {}

  /**
   * An entry.
   *
   * @param href of the page; empty when it is about none
   */
  public record Line(
      Moment at, String source, String act, String who, String href, String page, String detail) {}

  private static final int PER_PAGE = 100;

  private final Gate gate;
  private final Screens screens;
  private final AuditLog audit;

  public AuditPages(Gate gate, Screens screens, AuditLog audit) {
    this.gate = gate;
    this.screens = screens;
    this.audit = audit;
  }

  @GET
  public Response entries(
      @Context HttpServletRequest request,
      @QueryParam("source") @DefaultValue("") String source,
      @QueryParam("before") @DefaultValue("") String before) {
    gate.admin(request);
    Optional<String> wanted = Optional.of(source).filter(one -> !one.isEmpty());
    List<AuditEntry> found = audit.entries(wanted, id(before), PER_PAGE + 1);
    List<AuditEntry> shown = found.stream().limit(PER_PAGE).toList();
    String older =
        found.size() > shown.size() ? older(source, shown.get(shown.size() - 1).id()) : "";
    return screens.show(
        request,
        "adminAudit",
        new AuditView(
            audit.sources().stream().map(one -> new Source(one, label(one))).toList(),
            source,
            shown.stream().map(AuditPages::line).toList(),
            older));
  }

  private static long id(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : AuditLog.NEWEST;
  }

  private static String older(String source, long before) {
    String encoded = URLEncoder.encode(source, StandardCharsets.UTF_8);
    return "/admin/audit?source=" + encoded + "&before=" + before;
  }

  private static String label(String source) {
    return source.equals(AuditEntry.OF_THE_WIKI) ? "the wiki" : source;
  }

  private static Line line(AuditEntry entry) {
    return new Line(
        Moment.of(entry.at()),
        label(entry.source()),
        entry.act(),
        entry.userName().isEmpty()
            ? entry.user().map(Object::toString).orElse("")
            : entry.userName(),
        entry.page().map(Crumbs::href).orElse(""),
        entry.pageTitle().isEmpty()
            ? entry.page().map(Object::toString).orElse("")
            : entry.pageTitle(),
        entry.detail());
  }
}
