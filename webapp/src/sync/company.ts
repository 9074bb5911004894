import type { Effect } from './events';
import type { Joined, Peer, ServerFrame, Subject } from './frames';
import type { Presence } from './presence';
import type { Replica } from './replica';

/** The server lets ten values through in a second, and twenty at once. */
const FIELD_MS = 100;
const FIELDS_AT_ONCE = 10;

/** A client of the page besides this one, and what it shows of its user, by field. */
export interface Companion extends Peer {
  readonly values: Readonly<Record<string, unknown>>;
}

/** What concerns those who are on the page beside the document. */
type Told = Extract<ServerFrame, { readonly t: 'cursor' | 'peer' | 'presence' | 'message' }>;

/**
 * Who else is on the page, where their cursors are, and what plugins' modules say: messages to their plugins,
 * and values that the other editors see. Of what this user shows the newest values are sent, again at each join.
 */
export class Company {
  private list: readonly Peer[] = [];
  private readonly values = new Map<string, Map<string, unknown>>();
  /** What this user shows, by field; null: it is to be taken away. */
  private readonly own = new Map<string, { readonly value: unknown; sent: boolean; readonly again?: boolean }>();
  /** How many values of a field were sent since one of it was refused, on this connection: one of these is refused next. */
  private readonly flying = new Map<string, number>();
  private waits = false;

  /** Effects go to `emit` at once. */
  constructor(
    private readonly client: string,
    private readonly presence: Presence,
    private readonly replica: Replica,
    private readonly emit: (effect: Effect) => void,
    private readonly isLive: () => boolean,
  ) {}

  /** The other clients. */
  get peers(): readonly Peer[] {
    return this.list;
  }

  /** The other clients with what they show. */
  people(): readonly Companion[] {
    return this.list.map((peer) => ({ ...peer, values: Object.fromEntries(this.values.get(peer.client) ?? []) }));
  }

  /** Begins anew with those who are there at a join; what they show follows. */
  joined({ peers }: Joined): void {
    this.presence.reset(peers.filter(({ client }) => client !== this.client));
    this.values.clear();
    this.changed();
  }

  /** The connection went. */
  gone(): void {
    this.presence.hideCursors();
    this.list = [];
    this.values.clear();
    this.waits = false;
    this.emit({ t: 'refresh' });
    this.emit({ t: 'shown' });
  }

  /** The others know nothing any more of what this user shows. */
  again(): void {
    this.flying.clear();
    for (const [field, { value }] of [...this.own]) {
      if (value === null) this.own.delete(field);
      else this.own.set(field, { value, sent: false });
    }
    this.flush();
  }

  /** Something of the others came. */
  take(frame: Told): void {
    switch (frame.t) {
      case 'cursor':
        this.presence.cursor(frame, this.replica);
        this.emit({ t: 'refresh' });
        return;
      case 'peer':
        if (frame.peer.client === this.client) return;
        this.presence.peer(frame.peer, frame.left);
        // Who joins anew shows nothing yet.
        if (frame.left || frame.joined) this.values.delete(frame.peer.client);
        this.emit({ t: 'refresh' });
        return this.changed();
      case 'presence':
        return this.shows(frame.client, frame.field, frame.value);
      case 'message':
        this.emit({ t: 'heard', plugin: frame.plugin, value: frame.value });
    }
  }

  /** A module has a message for its plugin; it is lost while there is no connection. */
  say(plugin: string, value: unknown): void {
    if (this.isLive()) this.emit({ t: 'send', frame: { t: 'message', plugin, value } });
  }

  /** A module shows something of this user; null: no more. */
  show(field: string, value: unknown): void {
    this.own.set(field, { value, sent: false });
    this.flush();
  }

  /** The timer is over: what was shown meanwhile may go. */
  ready(): void {
    this.waits = false;
    this.flush();
  }

  /** The server did not take something. What comes too early is sent again, as far as it is shown still. */
  declined(subject: Subject, code: string, message: string, retryAfterMs: number | null): void {
    const later = code === 'rate_limited' || code === 'unavailable';
    if ('field' in subject && later) {
      const own = this.own.get(subject.field);
      if (own !== undefined) own.sent = false;
      return this.wait(retryAfterMs ?? 1000);
    }
    if (!('field' in subject) || this.withdraw(subject.field)) this.emit({ t: 'declined', subject, message });
  }

  /**
   * A value of the field was refused for good; an answer does not say which. While it may have been one before the
   * newest, the newest is sent once more: if it was that one after all, it is refused again.
   *
   * @returns false when this refusal was told before
   */
  private withdraw(field: string): boolean {
    const own = this.own.get(field);
    const several = (this.flying.get(field) ?? 0) > 1;
    this.flying.delete(field);
    if (own?.sent !== true) return true;
    if (several) this.own.set(field, { value: own.value, sent: false, again: true });
    else this.own.delete(field);
    this.flush();
    return several || own.again !== true;
  }

  private shows(client: string, field: string, value: unknown): void {
    if (client === this.client) return;
    const values = this.values.get(client) ?? new Map<string, unknown>();
    if (value === null) values.delete(field);
    else values.set(field, value);
    this.values.set(client, values);
    this.emit({ t: 'shown' });
  }

  private changed(): void {
    this.list = this.presence.list();
    this.emit({ t: 'shown' });
  }

  private flush(): void {
    if (this.waits || !this.isLive()) return;
    const due = [...this.own].filter(([, { sent }]) => !sent).slice(0, FIELDS_AT_ONCE);
    for (const [field, shown] of due) {
      shown.sent = true;
      this.emit({ t: 'send', frame: shown.value === null ? { t: 'presence', field } : { t: 'presence', field, value: shown.value } });
      if (shown.value === null) this.own.delete(field);
      // Nobody is asked to take a value away.
      else this.flying.set(field, (this.flying.get(field) ?? 0) + 1);
    }
    if (due.length > 0) this.wait(due.length * FIELD_MS);
  }

  private wait(ms: number): void {
    this.waits = true;
    this.emit({ t: 'timer', name: 'presence', ms });
  }
}
