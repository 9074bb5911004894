package org.tandem.sample.callouts;

import java.util.Optional;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.PageChange;
import org.tandem.api.host.Notifications;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.api.host.Users;

/**
 * Tells people that they were mentioned: once for each mention on each page, and nobody of her own.
 * Who may not view the page is told nothing; the wiki sees to that.
 *
 * <p>It may hear of one revision twice, on two nodes, and of what is undone and redone several
 * times. So it first notes in the database that a mention is told, and tells it if nobody had noted
 * so before: where a node ends between the two, a notification is lost rather than sent again.
 */
final class Notifier implements ChangeListener {

  /** Knows what was told. */
  @FunctionalInterface
  interface Told {

    /** Notes that a mention is told; false when that was noted before. */
    boolean note(PageId page, Mention mention);
  }

  private final Users users;
  private final Notifications notifications;
  private final Told told;

  Notifier(Users users, Notifications notifications, Told told) {
    this.users = users;
    this.notifications = notifications;
    this.told = told;
  }

  @Override
  public void committed(PageChange change) {
    for (Mention mention : Mention.in(change.change())) {
      // Noted also of her own, so that nobody else tells her by moving it.
      if (told.note(change.page(), mention) && !mention.user().equals(change.author())) {
        notifications.send(
            mention.user(), change.page(), name(change.author()) + " mentioned you.");
      }
    }
  }

  private String name(UserId author) {
    Optional<User> known = users.user(author);
    return known.map(User::name).orElse("Somebody");
  }

  @Override
  public String name() {
    return "mentions";
  }
}
