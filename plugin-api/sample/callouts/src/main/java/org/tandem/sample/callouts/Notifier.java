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
 *
 * <p>The wiki stores so many for one person within an hour and no more. One that it did not take is
 * noted no longer: it is told once the mention is put into the page again, by moving it or by
 * undoing and redoing.
 */
final class Notifier implements ChangeListener {

  /** Knows what was told. */
  interface Told {

    /**
     * Notes that a mention is told; false when it was noted before, or is not noted because its
     * author has mentioned this person too often lately.
     */
    boolean note(PageId page, Mention mention, UserId author);

    /** A mention that was noted is not told, after all. */
    void takeBack(PageId page, Mention mention);
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
      if (told.note(change.page(), mention, change.author())
          && !mention.user().equals(change.author())) {
        tell(change, mention);
      }
    }
  }

  private void tell(PageChange change, Mention mention) {
    Notifications.Outcome outcome =
        notifications.send(
            mention.user(), change.page(), name(change.author()) + " mentioned you.");
    if (outcome == Notifications.Outcome.TOO_MANY) {
      told.takeBack(change.page(), mention);
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
