package org.tandem.api.host;

/**
 * Tells people of something on a page: that they were mentioned, that they are waited for.
 *
 * <p>The wiki shows a person how many she has not read, and all of hers on a page, the newest
 * first: the text, the page's title with a link to it, the id of the plugin and the time. Nobody
 * else sees them. Once she may not view the page any more she sees neither its title nor the text.
 *
 * <p>Life cycle: stored, so that it does not matter whether the person has signed in. Read ones are
 * deleted after 90 days, and of each person the oldest beyond 500; all go with the person, with the
 * page, and when an admin deletes the plugin's data.
 *
 * <p>Threads and failure as for {@link Pages}.
 */
public interface Notifications {

  /**
   * Sends one. What a person does must not flood another one: ask whether the same was told before.
   *
   * @param to who is told
   * @param page what it is about
   * @param text plain text in one line; line breaks become blanks, and what is longer than 300
   *     characters is cut
   * @throws IllegalArgumentException when the text has nothing that can be seen
   */
  Outcome send(UserId to, PageId page, String text);

  /** What became of a notification. */
  enum Outcome {
    /** It is stored, and shown to the person from now on. */
    SENT,

    /** The person may not view the page, or there is no such page or person. */
    NOT_VISIBLE,

    /** The plugin has sent 30 to this person within the last hour: nothing was stored. */
    TOO_MANY
  }
}
