package org.tandem.wiki.view.browse;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.tandem.api.host.User;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.notification.Inbox;
import org.tandem.wiki.notification.Notification;
import org.tandem.wiki.notification.Notification.About;
import org.tandem.wiki.view.Fields;
import org.tandem.wiki.view.Screens;
import org.tandem.wiki.view.frame.Crumbs;
import org.tandem.wiki.view.frame.Moment;

/** What the reader is told of her pages. */
@Path("notifications")
public final class NotificationPages {

  /**
   * A page of them, the newest first.
   *
   * @param newest the highest id of all, which is read with those before it; 0 on pages of older
   *     ones
   * @param older the lowest id when there are older ones, else 0
   */
  public record NotificationsView(List<Line> lines, long newest, long older) {}

  /**
   * One of them.
   *
   * @param href of the page; empty when the reader may not view it any more, as title and text
   */
  public record Line(
      String href, String title, String text, String plugin, Moment sentAt, boolean read) {}

  private static final int PER_PAGE = 50;

  private final Gate gate;
  private final Screens screens;
  private final Inbox inbox;

  public NotificationPages(Gate gate, Screens screens, Inbox inbox) {
    this.gate = gate;
    this.screens = screens;
    this.inbox = inbox;
  }

  @GET
  public Response list(
      @Context HttpServletRequest request, @QueryParam("before") @DefaultValue("") String before) {
    User user = gate.user(request);
    List<Notification> found = inbox.of(user.id(), id(before), PER_PAGE + 1);
    List<Notification> shown = found.stream().limit(PER_PAGE).toList();
    return screens.show(
        request,
        "notifications",
        new NotificationsView(
            shown.stream().map(NotificationPages::line).toList(),
            shown.isEmpty() || !before.isEmpty() ? 0 : shown.get(0).id(),
            found.size() > shown.size() ? shown.get(shown.size() - 1).id() : 0));
  }

  /** What came after the form was shown stays unread. */
  @POST
  @Path("read")
  public Response read(@Context HttpServletRequest request) {
    User user = gate.user(request);
    inbox.read(user.id(), id(Fields.of(request, "newest")));
    return Screens.goTo("/notifications");
  }

  private static long id(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : Inbox.NEWEST;
  }

  private static Line line(Notification told) {
    return new Line(
        told.about().map(About::page).map(Crumbs::href).orElse(""),
        told.about().map(About::title).orElse(""),
        told.about().map(About::text).orElse(""),
        told.plugin(),
        Moment.of(told.sentAt()),
        told.read());
  }
}
