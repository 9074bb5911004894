import Delta from 'quill-delta';
import type { Cursor } from './cursor';
import type { Effect } from './events';
import type { Committed, Joined } from './frames';
import type { Notices } from './notices';
import type { Presence } from './presence';
import type { Replica } from './replica';

/** What comes in for the document: committed changes of everybody, and what they mean for what is shown. */
export class Incoming {
  constructor(
    private readonly client: string,
    private readonly replica: Replica,
    private readonly presence: Presence,
    private readonly cursor: Cursor,
    private readonly notices: Notices,
    private readonly emit: (effect: Effect) => void,
  ) {}

  /** Takes in what was missed; false when that does not lead to the server's revision. */
  resume({ rev, acked, ops }: Joined): boolean {
    if (this.replica.isAheadOf(rev, acked) || !this.commitAll(ops) || this.replica.rev !== rev) return false;
    const { inFlight } = this.replica;
    return inFlight === null || acked < inFlight.seq;
  }

  /** Takes in the next revisions; false when one is missing before them. */
  commitAll(ops: readonly Committed[]): boolean {
    let change = new Delta();
    const whole = ops.every((op) => {
      if (op.rev <= this.replica.rev) return true;
      if (op.rev !== this.replica.rev + 1) return false;
      change = change.compose(this.commitOne(op));
      return true;
    });
    this.show(change);
    this.presence.enterEarly(this.replica);
    return whole;
  }

  /** The change in flight is committed as the next revision. */
  acknowledged(): void {
    const { inFlight } = this.replica;
    if (inFlight === null) return;
    this.presence.committed(this.replica.rev + 1, inFlight.delta);
    this.replica.acknowledged();
    this.emit({ t: 'cancel', name: 'resend' });
    this.notices.lasts('unavailable', false);
  }

  /** Shows a change that carets have not heard of yet. */
  takeOut(change: Delta): void {
    this.presence.changed(change);
    this.cursor.changed(change);
    this.show(change);
  }

  /** Shows a change. */
  show(change: Delta): void {
    if (change.ops.length > 0) this.emit({ t: 'change', delta: change });
  }

  private commitOne(op: Committed): Delta {
    const { inFlight } = this.replica;
    if (op.client === this.client && inFlight?.seq === op.seq) {
      this.acknowledged();
      return new Delta();
    }
    this.presence.committed(op.rev, op.delta);
    const change = this.replica.commit(op);
    this.presence.changed(change);
    this.cursor.changed(change);
    return change;
  }
}
