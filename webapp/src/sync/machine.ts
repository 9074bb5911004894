import Delta from 'quill-delta';
import { Checks } from './checks';
import { Connection } from './connection';
import { Cursor } from './cursor';
import type { Effect, SessionEvent, SessionSnapshot, TimerName } from './events';
import type { Access, ClientFrame, Committed, Joined, Peer, ServerFrame } from './frames';
import { endByCode, endByStatus, Notices, type NoticeKind } from './notices';
import { Presence } from './presence';
import { Replica, type Withdrawn } from './replica';
import { SendLimits } from './send-limits';

/** What a session is made with. */
export interface MachineOptions {
  /** The UUID of this client, kept for the life of the tab. */
  readonly client: string;
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
}

/**
 * The client side of the protocol as a state machine: events in, effects out, no I/O, no clock.
 * At every moment the shown document is the base at the last revision, the change in flight, and
 * what was typed since. Nothing of the last two is dropped without being offered in a notice.
 */
export class SessionMachine {
  private readonly replica = new Replica();
  private readonly limits = new SendLimits();
  private readonly presence = new Presence();
  private readonly cursor = new Cursor();
  private readonly checks = new Checks();
  private readonly connection: Connection;
  private readonly notices = new Notices();
  private readonly emit = (effect: Effect): void => {
    this.effects.push(effect);
  };
  private effects: Effect[] = [];
  private loaded = false;
  private access: Access | null = null;
  private peers: readonly Peer[] = [];
  private askForDocument = false;
  private now = 0;

  constructor(private readonly options: MachineOptions) {
    this.connection = new Connection(this.emit, options.random);
  }

  /** Takes an event at a time in milliseconds since 1970; the effects are to be done in order. */
  handle(event: SessionEvent, now: number): readonly Effect[] {
    this.now = now;
    this.effects = [];
    this.take(event);
    return this.effects;
  }

  /** What to show now. */
  snapshot(): SessionSnapshot {
    const pending = this.replica.inFlight !== null || this.replica.hasUnsent;
    const sent = this.connection.phase === 'live' && !this.replica.hasUnsent;
    return {
      phase: this.connection.phase,
      loaded: this.loaded,
      access: this.access,
      canEdit: this.canEdit(),
      saveState: pending ? (sent ? 'sent' : 'device') : 'saved',
      peers: this.peers,
      notice: this.notices.current(),
      nextTryAt: this.connection.nextTryAt,
    };
  }

  /** Whether the user may type: also while the connection is lost, not after it ended. */
  canEdit(): boolean {
    return this.loaded && this.connection.phase !== 'ended' && this.mayWrite();
  }

  /** The document that the user sees. */
  shown(): Delta {
    return this.replica.shown();
  }

  /** The cursors of others in the shown document. */
  cursors(): ReturnType<Presence['cursors']> {
    return this.presence.cursors();
  }

  private take(event: SessionEvent): void {
    switch (event.t) {
      case 'start':
        return this.connection.connect(false);
      case 'opened':
        this.connection.opened();
        return this.send({
          t: 'join',
          client: this.options.client,
          rev: this.loaded && !this.askForDocument ? this.replica.rev : null,
        });
      case 'refused':
        return this.refused(event.status);
      case 'frame':
        return this.frame(event.frame);
      case 'closed':
        return this.closed(event.code);
      case 'timer':
        return this.timer(event.name);
      case 'edit':
        return this.edit(event.change);
      case 'select':
        this.cursor.select(event.place);
        return this.sendCursor();
      case 'network':
        return this.connection.network(event.online, this.now);
      case 'retry':
        if (this.connection.phase !== 'ended' && this.connection.nextTryAt === null) return;
        this.notices.retried();
        return this.connection.restart();
      case 'dismiss':
        return this.notices.dismiss();
      case 'leave':
        this.leave(1000);
        this.connection.end();
    }
  }

  private socketGone(): void {
    this.connection.stopTimers();
    this.presence.hideCursors();
    this.peers = [];
    this.emit({ t: 'refresh' });
  }

  /** Leaves the socket and joins again, with the last revision or for the whole document. */
  private rejoin(forDocument: boolean): void {
    this.askForDocument ||= forDocument;
    this.leave(1000);
    this.connection.lost(1000, this.now);
  }

  private leave(code: number): void {
    this.connection.close(code);
    this.socketGone();
  }

  private closed(code: number): void {
    this.socketGone();
    if (code === 4400 || code === 4409) this.askForDocument = true;
    if (code === 4413) this.shrink();
    // A sign-in that was just renewed and is refused again will not get better by itself.
    if (code === 4401 && !this.connection.renewing) this.connection.connect(true);
    else this.endOrRetry(endByCode(code), code);
  }

  private refused(status: number): void {
    this.socketGone();
    this.endOrRetry(endByStatus(status), status === 429 || status === 503 ? 1013 : 1006);
  }

  private endOrRetry(kind: NoticeKind | undefined, code: number): void {
    if (kind === undefined) this.connection.lost(code, this.now);
    else this.end(kind);
  }

  /** What is pending stays, for a reconnect; but the user gets it to copy as well. */
  private end(kind: NoticeKind): void {
    this.connection.end();
    this.notices.ended(kind, this.replica.pendingText());
  }

  private timer(name: TimerName): void {
    if (name === 'resend') this.sendFlying();
    else if (name === 'cursor') this.sendCursor();
    else if (name === 'check') this.goOnChecking();
    else if (this.connection.timer(name, this.now) === 'silent') {
      this.leave(4408);
      this.connection.lost(4408, this.now);
    }
  }

  private send(frame: ClientFrame): void {
    this.emit({ t: 'send', frame });
  }

  private frame(frame: ServerFrame): void {
    this.connection.heard();
    switch (frame.t) {
      case 'joined':
        return this.joined(frame);
      case 'ops':
        this.commit(frame.ops);
        return this.check();
      case 'ack':
        return this.ack(frame.seq, frame.rev);
      case 'cursor':
        this.presence.cursor(frame, this.replica);
        this.emit({ t: 'refresh' });
        return;
      case 'peer':
        if (frame.peer.client === this.options.client) return;
        this.presence.peer(frame.peer, frame.left);
        this.peers = this.presence.list();
        this.emit({ t: 'refresh' });
        return;
      case 'access':
        return this.accessChanged(frame.access);
      case 'error':
        return this.error(frame.code, frame.seq, frame.retryAfterMs);
      case 'pong':
    }
  }

  private joined(frame: Joined): void {
    const first = !this.loaded;
    this.limits.announce(frame.limits);
    this.cursor.rate(frame.limits.cursorsPerSecond);
    this.presence.reset(frame.peers.filter((peer) => peer.client !== this.options.client));
    this.peers = this.presence.list();
    if (frame.doc === null) {
      if (first || this.askForDocument || !this.resume(frame)) return this.rejoin(true);
    } else {
      this.enterDocument(frame, frame.doc);
    }
    this.connection.live();
    this.notices.retried();
    this.askForDocument = false;
    for (const cursor of frame.cursors) this.presence.cursor(cursor, this.replica);
    this.accessChanged(frame.access);
    if (this.replica.inFlight !== null) this.sendFlying();
    else this.flush();
    this.cursor.again();
    this.sendCursor();
  }

  private enterDocument(frame: Joined, doc: Delta): void {
    this.presence.forgetRevisions();
    this.checks.arrived(frame.rev);
    if (this.loaded) {
      const { change, lost } = this.replica.rebase(doc, frame.rev, frame.acked);
      if (lost !== null) this.notices.lost('set-back', lost);
      return this.show(change);
    }
    this.loaded = true;
    this.replica.load(doc, frame.rev);
    this.emit({ t: 'load', doc });
  }

  /** Takes in what was missed; false when that does not lead to the server's revision. */
  private resume(frame: Joined): boolean {
    if (this.replica.isAheadOf(frame.rev, frame.acked) || !this.commitAll(frame.ops) || this.replica.rev !== frame.rev) return false;
    const { inFlight } = this.replica;
    return inFlight === null || frame.acked < inFlight.seq;
  }

  private commit(ops: readonly Committed[]): void {
    if (!this.commitAll(ops)) return this.rejoin(false);
    this.flush();
  }

  private commitAll(ops: readonly Committed[]): boolean {
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

  private commitOne(op: Committed): Delta {
    const { inFlight } = this.replica;
    if (op.client === this.options.client && inFlight?.seq === op.seq) {
      this.acknowledged();
      return new Delta();
    }
    this.presence.committed(op.rev, op.delta);
    const change = this.replica.commit(op);
    this.presence.changed(change);
    this.cursor.changed(change);
    return change;
  }

  private ack(seq: number, rev: number): void {
    // An ack that is repeated belongs to a change that came back as a revision before.
    if (this.replica.inFlight?.seq !== seq) return;
    if (rev !== this.replica.rev + 1) return this.rejoin(rev <= this.replica.rev);
    this.acknowledged();
    this.flush();
    this.check();
  }

  private acknowledged(): void {
    const { inFlight } = this.replica;
    if (inFlight === null) return;
    this.presence.committed(this.replica.rev + 1, inFlight.delta);
    this.replica.acknowledged();
    this.emit({ t: 'cancel', name: 'resend' });
    this.notices.saving(true);
  }

  private accessChanged(access: Access): void {
    this.access = access;
    // What is in flight may have been committed before the change; its answer will tell.
    const waits = this.connection.phase === 'live' && this.replica.inFlight !== null;
    if (!this.mayWrite() && !waits) this.withdraw('read-only', this.replica.withdrawAll());
    this.emit({ t: 'refresh' });
  }

  private mayWrite(): boolean {
    return this.access === 'edit' || this.access === 'admin';
  }

  private error(code: string, seq: number | null, retryAfterMs: number | null): void {
    if (code === 'diverged' || code === 'stale_revision') return this.rejoin(true);
    const { inFlight } = this.replica;
    if (inFlight === null || (seq === null ? code === 'rate_limited' : seq !== inFlight.seq)) return;
    switch (code) {
      case 'bad_delta':
        this.withdraw('refused', this.replica.withdrawFlying());
        return this.flush();
      case 'forbidden':
        if (this.mayWrite()) this.access = 'view';
        this.withdraw('read-only', this.replica.withdrawAll());
        this.emit({ t: 'refresh' });
        return;
      case 'too_large':
        return this.tooLarge();
      case 'bad_message':
        return this.rejoin(true);
      default:
        if (code === 'unavailable') this.notices.saving(false);
        this.emit({ t: 'timer', name: 'resend', ms: retryAfterMs ?? 1000 });
    }
  }

  private tooLarge(): void {
    if (!this.shrink()) this.withdraw('too-large', this.replica.withdrawFlying());
    this.flush();
  }

  /** Takes the change in flight back to be sent in smaller parts; false when it is small already. */
  private shrink(): boolean {
    const { inFlight } = this.replica;
    if (inFlight === null || !this.limits.shrink(inFlight)) return false;
    this.replica.returnToUnsent();
    return true;
  }

  private edit(change: Delta): void {
    this.replica.edit(change);
    this.presence.changed(change);
    this.cursor.changed(change);
    this.flush();
  }

  private flush(): void {
    if (this.connection.phase !== 'live') return;
    if (!this.mayWrite()) {
      if (this.replica.inFlight === null) this.withdraw('read-only', this.replica.withdrawAll());
      return;
    }
    if (this.replica.takeOff(this.limits.now()) !== null) this.sendFlying();
  }

  private sendFlying(): void {
    const { inFlight, rev } = this.replica;
    if (inFlight === null) return;
    this.send({ t: 'op', seq: inFlight.seq, rev, delta: inFlight.delta.ops });
  }

  private show(change: Delta): void {
    if (change.ops.length > 0) this.emit({ t: 'change', delta: change });
  }

  private withdraw(kind: NoticeKind, { change, text }: Withdrawn): void {
    if (change.ops.length === 0) return;
    this.presence.changed(change);
    this.cursor.changed(change);
    this.show(change);
    this.notices.lost(kind, text);
  }

  private sendCursor(): void {
    if (this.connection.phase !== 'live') return;
    const due = this.cursor.due(this.now, this.replica);
    if (due === null) return;
    if (typeof due === 'number') this.emit({ t: 'timer', name: 'cursor', ms: due });
    else this.send(due);
  }

  private check(): void {
    if (this.connection.phase === 'live' && this.checks.begin(this.replica)) this.goOnChecking();
  }

  private goOnChecking(): void {
    const frame = this.checks.goOn();
    if (frame === 'more') this.emit({ t: 'timer', name: 'check', ms: 0 });
    else if (frame !== null) this.send(frame);
  }
}
