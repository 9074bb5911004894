import type Delta from 'quill-delta';
import type { Unsaved } from '../journal';
import type { Effect } from './events';
import type { Limits } from './frames';
import type { NoticeKind, Notices } from './notices';
import type { InFlight, Replica, Withdrawn } from './replica';
import { SendLimits } from './send-limits';

/** What the way out needs of its session. */
export interface Outlet {
  readonly emit: (effect: Effect) => void;
  /** Whether frames reach the server. */
  readonly isLive: () => boolean;
  readonly mayWrite: () => boolean;
  /** Shows a change that takes something out of the document. */
  readonly takeOut: (change: Delta) => void;
}

/**
 * The changes of this user on their way to the server, one in flight at a time. With a journal a change is on the
 * device before it is sent, so that whoever goes on after this tab's end sends nothing under its seq but itself.
 */
export class Outgoing {
  private readonly limits = new SendLimits();
  /** What waits for the journal, by number; null when nothing does. */
  private keeping: number | null = null;
  private kept = 0;
  private unsavedNow: { flying: InFlight | null; next: Delta; refused: string; unsaved: Unsaved | null } | null = null;

  constructor(
    private readonly replica: Replica,
    private readonly notices: Notices,
    private readonly outlet: Outlet,
    private readonly journaled: boolean,
  ) {}

  /** The server said so. */
  announce(limits: Limits): void {
    this.limits.announce(limits);
  }

  /** What is not in the page, to be kept on the device; the same object as long as nothing changes. */
  unsaved(): Unsaved | null {
    const { inFlight: flying, unsent: next } = this.replica;
    const refused = this.notices.refused();
    const before = this.unsavedNow;
    if (before?.flying === flying && before.next === next && before.refused === refused) return before.unsaved;
    const change = this.replica.unacknowledged();
    const typed = change === null ? '' : this.replica.pendingText();
    const unsaved = change === null && refused === '' ? null : { change, typed, refused };
    this.unsavedNow = { flying, next, refused, unsaved };
    return unsaved;
  }

  /** Sends what may be sent. */
  flush(): void {
    if (!this.outlet.isLive()) return;
    if (!this.outlet.mayWrite()) {
      if (this.replica.inFlight === null) this.withdraw('read-only', this.replica.withdrawAll());
      return;
    }
    if (this.replica.takeOff(this.limits.now()) !== null) this.launch();
  }

  /** Sends what is in flight for the first time in this form. */
  launch(): void {
    if (!this.journaled) return this.send();
    this.kept += 1;
    this.keeping = this.kept;
    this.outlet.emit({ t: 'keep', number: this.kept });
  }

  /** The journal has what was in flight then, or cannot have it. */
  onDevice(number: number): void {
    if (this.keeping !== number) return;
    this.keeping = null;
    if (this.outlet.isLive()) this.send();
  }

  /** Sends what is in flight, again maybe. */
  send(): void {
    const { inFlight, rev } = this.replica;
    if (inFlight === null || this.keeping !== null) return;
    this.outlet.emit({ t: 'send', frame: { t: 'op', seq: inFlight.seq, rev, delta: inFlight.delta.ops } });
  }

  /** The server took it for too large. */
  tooLarge(): void {
    if (!this.shrink()) this.withdraw('too-large', this.replica.withdrawFlying());
    this.flush();
  }

  /** Takes the change in flight back to be sent in smaller parts; false when it is small already. */
  shrink(): boolean {
    const { inFlight } = this.replica;
    if (inFlight === null || !this.limits.shrink(inFlight)) return false;
    this.replica.returnToUnsent();
    return true;
  }

  /** Takes something out of the page and offers its text; the reason is the server's sentence. */
  withdraw(kind: NoticeKind, { change, text }: Withdrawn, reason = ''): void {
    if (change.ops.length === 0) return;
    this.outlet.takeOut(change);
    this.notices.lost(kind, text, reason);
  }
}
