package org.tandem.wiki.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.User;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.notification.Inbox;
import org.tandem.wiki.notification.Notification;
import org.tandem.wiki.rest.wire.Json;
import org.tandem.wiki.rest.wire.Replies;

/** What the caller is told of her pages. */
@Path("me/notifications")
@Produces(MediaType.APPLICATION_JSON)
public final class NotificationsResource {

  /**
   * @param more whether there are older ones
   */
  record ListBody(int unread, List<NotificationBody> notifications, boolean more) {}

  record ReadBody(int unread) {}

  /** Without page, title and text when the caller may not view the page any more. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record NotificationBody(
      long id,
      String plugin,
      String sentAt,
      boolean read,
      @Nullable String page,
      @Nullable String title,
      @Nullable String text) {}

  private static final int PER_ANSWER = 50;

  private final Gate gate;
  private final Inbox inbox;

  public NotificationsResource(Gate gate, Inbox inbox) {
    this.gate = gate;
    this.inbox = inbox;
  }

  @GET
  public Response list(
      @Context HttpServletRequest request, @QueryParam("before") @Nullable String before) {
    User user = gate.user(request);
    List<Notification> found = inbox.of(user.id(), id(before, "before"), PER_ANSWER + 1);
    return fresh(
        new ListBody(
            inbox.unread(user.id()),
            found.stream().limit(PER_ANSWER).map(NotificationsResource::body).toList(),
            found.size() > PER_ANSWER));
  }

  /** Those up to the given one are read, or all. */
  @POST
  @Path("read")
  public Response read(
      @Context HttpServletRequest request, @QueryParam("upTo") @Nullable String upTo) {
    User user = gate.user(request);
    inbox.read(user.id(), id(upTo, "upTo"));
    return fresh(new ReadBody(inbox.unread(user.id())));
  }

  private static long id(@Nullable String text, String name) {
    if (text == null) {
      return Inbox.NEWEST;
    } else if (!text.matches("\\d{1,18}")) {
      throw new Refusal(422, "Give the id of a notification as " + name + ", or leave it out.");
    }
    return Long.parseLong(text);
  }

  private static NotificationBody body(Notification told) {
    return new NotificationBody(
        told.id(),
        told.plugin(),
        told.sentAt().toString(),
        told.read(),
        told.about().map(about -> about.page().toString()).orElse(null),
        told.about().map(Notification.About::title).orElse(null),
        told.about().map(Notification.About::text).orElse(null));
  }

  private static Response fresh(Object body) {
    return Replies.fresh(Json.text(body), MediaType.APPLICATION_JSON);
  }
}
