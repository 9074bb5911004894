/** Why a user is told something. */
export type NoticeKind =
  | 'signed-out'
  | 'access-gone'
  | 'page-gone'
  | 'read-only'
  | 'refused'
  | 'too-large'
  | 'set-back'
  | 'unavailable'
  | 'switched-off'
  | 'new-version'
  | 'tab-only'
  | 'overtaken'
  | 'told'
  | 'broken';

/** What happened, what the user can do, and the text of the user that could not be kept in the page. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly title: string;
  readonly action: string;
  /** To be shown with a way to copy it; null when nothing is lost. */
  readonly unsent: string | null;
  /** Whether trying again may help. */
  readonly retry: boolean;
}

const END_BY_CODE: Readonly<Record<number, NoticeKind>> = {
  1007: 'broken',
  4400: 'broken',
  4401: 'signed-out',
  4403: 'access-gone',
  4404: 'page-gone',
};

const END_BY_STATUS: Readonly<Record<number, NoticeKind>> = {
  401: 'signed-out',
  403: 'access-gone',
  404: 'page-gone',
};

/** What a closing code ends a session for; undefined where the client rejoins by itself. */
export function endByCode(code: number): NoticeKind | undefined {
  return END_BY_CODE[code];
}

/** What the refusal of a ticket ends a session for; undefined where the client tries again by itself. */
export function endByStatus(status: number): NoticeKind | undefined {
  return END_BY_STATUS[status];
}

const WORDS: Readonly<Record<NoticeKind, readonly [title: string, action: string, retry: boolean]>> = {
  'signed-out': ['You are signed out', 'Sign in again in another tab, then reconnect here. What you typed is kept in this tab.', true],
  'access-gone': ['You no longer have access to this page', 'Ask someone who administers it, then reconnect.', true],
  'page-gone': ['This page was deleted', 'It is gone for good. Copy from this window what you want to keep, then go back to its space.', false],
  'read-only': ['You may no longer edit this page', 'You can go on reading. Ask someone who administers it for the right to edit.', false],
  refused: ['A change was not accepted', 'It was taken out of the page; everything else is kept.', false],
  'too-large': ['A change was too large', 'It was taken out of the page. Enter it again in smaller parts.', false],
  'set-back': ['This page was set back to an older state', 'The wiki was restored from a backup, without what was saved after it. You can go on from here; what was not saved yet is still in the page. Text shown below is no longer in it: enter again what is needed.', false],
  'switched-off': ['Editing together was switched off', 'Everything that was saved is in the page. What you typed since is kept on this device; it is sent by itself when editing together is switched on again, and the simple editor offers it to you.', false],
  'new-version': ['There is a new version of the editor', 'It is loaded when you have not typed for a moment. What you typed is kept.', false],
  'tab-only': ['This browser keeps nothing for this page', 'What is not saved yet is in this tab alone: leave it open until it is saved.', false],
  overtaken: ['Text of yours may be missing in the page', 'The wiki has newer changes of this tab than the device kept. Enter again what is missing.', false],
  unavailable: ['The wiki cannot save at the moment', 'What you typed is kept here and is sent again by itself.', false],
  told: ['A part of this wiki does not work at the moment', 'You can go on editing.', false],
  broken: ['This page and the wiki do not understand each other', 'Reconnect. If that does not help, copy your text and reload the page.', true],
};

/** What holds for a while, the weightiest first. */
const LASTING = ['switched-off', 'unavailable', 'new-version'] as const;

/** What holds for a while. */
export type LastingKind = (typeof LASTING)[number];

/** What a session has to tell: text that was lost stays until the user dismisses it. */
export class Notices {
  private removed: { kind: NoticeKind; text: string; own: string; reason: string } | null = null;
  private over: { kind: NoticeKind; text: string } | null = null;
  private readonly lasting = new Set<NoticeKind>();
  private news: string | null = null;

  /** What to show now: an end before a loss before what lasts before news. */
  current(): Notice | null {
    if (this.over !== null) return words(this.over.kind, [this.removed?.text ?? '', this.over.text]);
    if (this.removed !== null) return words(this.removed.kind, [this.removed.text], this.removed.reason);
    const lasting = LASTING.find((kind) => this.lasting.has(kind));
    if (lasting !== undefined) return words(lasting, []);
    return this.news === null ? null : words('told', [], this.news);
  }

  /** The server has something to say to all who are on the page. */
  told(message: string): void {
    this.news = message;
  }

  /** Something was taken out of the page, with this text; the reason is the server's sentence. */
  lost(kind: NoticeKind, text: string, reason = ''): void {
    const { text: before = '', own = '' } = this.removed ?? {};
    // What a restored backup lacks was saved, and is not all of this user.
    this.removed = { kind, text: both(before, text), own: kind === 'set-back' ? own : both(own, text), reason };
  }

  /** The text of this user that was taken out of the page and not seen to yet. */
  refused(): string {
    return this.removed?.own ?? '';
  }

  /** The session ended; the text is still in the page. */
  ended(kind: NoticeKind, pending: string): void {
    this.over = { kind, text: pending };
  }

  /** Another attempt is made: an end no longer counts. */
  retried(): void {
    this.over = null;
  }

  /** Something holds, or no longer. */
  lasts(kind: LastingKind, holds: boolean): void {
    if (holds) this.lasting.add(kind);
    else this.lasting.delete(kind);
  }

  /** The user has seen it; what lasts goes when it is over. */
  dismiss(): void {
    if (this.over === null && this.removed === null) this.lasting.clear();
    this.removed = null;
    this.over = null;
    this.news = null;
  }
}

function both(one: string, other: string): string {
  return one === '' || other === '' ? one + other : `${one}\n\n${other}`;
}

/** What is told of a kind; a sentence of the server's goes before what the user can do. */
function words(kind: NoticeKind, texts: readonly string[], sentence = ''): Notice {
  const [title, general, retry] = WORDS[kind];
  const action = sentence === '' ? general : `${sentence} ${general}`;
  const unsent = texts.filter((text) => text !== '').join('\n\n');
  return { kind, title, action, retry, unsent: unsent === '' ? null : unsent };
}

/** The device keeps nothing, and there is something to keep. */
export const IN_TAB_ALONE: Notice = words('tab-only', []);
