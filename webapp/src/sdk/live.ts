/*
 * What a plugin's module has of the others on the page: messages to and from the plugin's Java part, and
 * presence, which the editors see of each other. Neither is stored anywhere. The editor of one person (while
 * editing together is switched off) loads no modules, so there is neither.
 */

/** Someone else's editor that has the page open. A person with several tabs is there several times. */
export interface Person {
  /** The editor: a tab keeps it as long as it lives. */
  readonly client: string;
  readonly user: { readonly id: string; readonly name: string; readonly color: string };
  /** What this plugin's presence fields show of the person, by the fields' names; nothing of other plugins. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** What the editors of a page show of their users while they have it open. */
export interface Presence {
  /**
   * Shows something of this user to the other editors of the page, who joins later too, until the tab is left or
   * another value comes. The newest value counts: of what changes fast some are skipped, and after a lost connection it is
   * shown again.
   *
   * Failure: a name that is not the plugin's, a value that is no JSON, holds half a pair of surrogates, nests more than 32
   * deep or has more than 1 KiB, or that the plugin's Java part does not know or allow, is told to the user as an error of
   * the plugin; nobody sees it.
   *
   * @param name of a field that the plugin's Java part has registered (`PresenceField`)
   * @param value any JSON, which is copied; null takes it away
   */
  readonly set: (name: string, value: unknown) => void;
  /** The others who are there now, in the order of their coming; nobody while the connection is lost. */
  readonly people: () => readonly Person[];
  /** Calls the listener whenever somebody came, left or shows something else, until the result is called. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** Messages between a plugin's modules and its Java part. */
export interface Messages {
  /**
   * Sends a value to the plugin's Java part (`PageMessageListener`), with who sent it. It is told nobody else: what
   * the other editors are to hear the Java part sends (`PageMessages`).
   *
   * Failure: false while the connection is lost, and for what is more than 10 messages a second on average, or 20 at once:
   * such a message is not sent, nor kept for later, and the user is not told. A value that is null, no JSON, holds half a
   * pair of surrogates, nests more than 32 deep or has more than 8 KiB is not sent either (false), and is told to the user as
   * an error of the plugin. So is what was sent (true) and the Java part did not take, or had no time for: it is lost. After
   * three such errors nothing is sent any more. Messages of one editor come in order, and each once at the most.
   */
  readonly send: (value: unknown) => boolean;
  /** Calls the listener with each value that the Java part sends to the page, until the result is called. */
  readonly subscribe: (listener: (value: unknown) => void) => () => void;
}
