import type Delta from 'quill-delta';
import type { Unsaved } from '../journal';
import { Checks } from './checks';
import { Company, type Companion } from './company';
import { Connection } from './connection';
import { Cursor } from './cursor';
import type { Effect, SessionEvent, SessionSnapshot, TimerName } from './events';
import type { Access, ClientFrame, Committed, Joined, ServerFrame } from './frames';
import { FrontEnd } from './front-end';
import { Incoming } from './incoming';
import { endByCode, endByStatus, IN_TAB_ALONE, Notices, type NoticeKind } from './notices';
import type { MachineOptions } from './options';
import { Outgoing } from './outgoing';
import { Presence } from './presence';
import { Replica } from './replica';
import { SwitchedOff } from './switched-off';

/**
 * The client side of the protocol as a state machine: events in, effects out, no I/O, no clock.
 * At every moment the shown document is the base at the last revision, the change in flight, and
 * what was typed since. Nothing of the last two is dropped without being offered in a notice.
 */
export class SessionMachine {
  private readonly replica = new Replica();
  private readonly presence = new Presence();
  private readonly cursor = new Cursor();
  private readonly checks = new Checks();
  private readonly connection: Connection;
  private readonly notices = new Notices();
  private readonly emit = (effect: Effect): void => {
    this.effects.push(effect);
  };
  private readonly off = new SwitchedOff(this.emit, this.notices);
  private readonly frontEnd: FrontEnd;
  private readonly company: Company;
  private readonly incoming: Incoming;
  private readonly outgoing: Outgoing;
  private effects: Effect[] = [];
  private loaded = false;
  private access: Access | null = null;
  private askForDocument = false;
  /** A tab that ended is gone on from, and the server has not answered yet. */
  private resuming = false;
  private onDevice: boolean;
  private now = 0;

  constructor(private readonly options: MachineOptions) {
    const { client, random, journaled = false, resumed } = options;
    this.connection = new Connection(this.emit, random);
    this.frontEnd = new FrontEnd(this.emit, this.notices, random);
    this.onDevice = journaled;
    const isLive = (): boolean => this.connection.phase === 'live';
    const outlet = {
      emit: this.emit,
      isLive,
      mayWrite: () => this.mayWrite(),
      takeOut: (change: Delta) => this.incoming.takeOut(change),
    };
    this.company = new Company(client, this.presence, this.replica, this.emit, isLive);
    this.incoming = new Incoming(client, this.replica, this.presence, this.cursor, this.notices, this.emit);
    this.outgoing = new Outgoing(this.replica, this.notices, outlet, journaled);
    if (resumed === undefined) return;
    this.replica.resume(resumed.doc, resumed.change);
    if (resumed.refused !== '') this.notices.lost('refused', resumed.refused);
    this.loaded = this.resuming = true;
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
    const inTabAlone = this.options.journaled === true && !this.onDevice && pending && this.connection.phase !== 'live';
    const sent = this.connection.phase === 'live' && !this.replica.hasUnsent;
    return {
      phase: this.connection.phase,
      loaded: this.loaded,
      access: this.access,
      canEdit: this.canEdit(),
      onDevice: this.onDevice,
      saveState: pending ? (sent ? 'sent' : 'device') : 'saved',
      peers: this.company.peers,
      notice: this.notices.current() ?? (inTabAlone ? IN_TAB_ALONE : null),
      nextTryAt: this.connection.nextTryAt,
    };
  }

  /** Whether the user may type: also while the connection is lost, not after it ended. */
  canEdit(): boolean {
    return this.loaded && this.connection.phase !== 'ended' && this.mayWrite();
  }

  /** What is not in the page, to be kept on the device; the same object as long as nothing changes. */
  unsaved(): Unsaved | null {
    return this.outgoing.unsaved();
  }

  /** The document that the user sees. */
  shown(): Delta {
    return this.replica.shown();
  }

  /** The cursors of others in the shown document. */
  cursors(): ReturnType<Presence['cursors']> {
    return this.presence.cursors();
  }

  /** The others, with what they show of themselves. */
  people(): readonly Companion[] {
    return this.company.people();
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
        return this.refused(event.status, event.off === true);
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
      case 'say':
        return this.company.say(event.plugin, event.value);
      case 'show':
        return this.company.show(event.field, event.value);
      case 'network':
        return this.connection.network(event.online, this.now);
      case 'retry':
        if (this.connection.phase !== 'ended' && this.connection.nextTryAt === null) return;
        this.notices.retried();
        return this.connection.restart();
      case 'dismiss':
        return this.notices.dismiss();
      case 'kept':
        return this.outgoing.onDevice(event.number);
      case 'keeping':
        this.onDevice = event.works;
        return;
      case 'front-end':
        return this.frontEnd.seen(event.other);
      case 'leave':
        this.leave(1000);
        this.off.over();
        this.connection.end();
    }
  }

  private socketGone(): void {
    this.connection.stopTimers();
    this.company.gone();
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
    if (code === 4413) this.outgoing.shrink();
    // A sign-in that was just renewed and is refused again will not get better by itself.
    if (code === 4401 && !this.connection.renewing) this.connection.connect(true);
    else this.endOrRetry(endByCode(code), code);
  }

  private refused(status: number, off: boolean): void {
    this.socketGone();
    if (off) {
      this.off.refused();
      this.connection.lost(1013, this.now);
    } else {
      this.endOrRetry(endByStatus(status), status === 429 || status === 503 ? 1013 : 1006);
    }
  }

  private endOrRetry(kind: NoticeKind | undefined, code: number): void {
    if (kind === undefined) this.connection.lost(code, this.now);
    else this.end(kind);
  }

  /** What is pending stays, for a reconnect; but the user gets it to copy as well. */
  private end(kind: NoticeKind): void {
    this.off.over();
    this.connection.end();
    this.notices.ended(kind, this.replica.pendingText());
  }

  private timer(name: TimerName): void {
    if (name === 'resend') this.outgoing.send();
    else if (name === 'reload') this.frontEnd.idle(this.connection.phase === 'live' && this.unsaved() === null);
    else if (name === 'look') this.frontEnd.look();
    else if (name === 'cursor') this.sendCursor();
    else if (name === 'presence') this.company.ready();
    else if (name === 'check') this.goOnChecking();
    else if (name === 'off') this.off.lasts();
    else if (name === 'settled') this.settled();
    else if (this.connection.timer(name, this.now) === 'silent') {
      this.leave(4408);
      this.connection.lost(4408, this.now);
    }
  }

  private settled(): void {
    this.connection.timer('settled', this.now);
    this.frontEnd.settled();
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
      case 'peer':
      case 'presence':
      case 'message':
        return this.company.take(frame);
      case 'access':
        return this.accessChanged(frame.access);
      case 'error':
        if (frame.subject !== null) return this.company.declined(frame.subject, frame.code, frame.message, frame.retryAfterMs);
        return this.error(frame.code, frame.message, frame.seq, frame.retryAfterMs);
      case 'notice':
        if (frame.code === 'editor_changed') return this.frontEnd.changed();
        return this.notices.told(frame.message);
      case 'pong':
    }
  }

  private joined(frame: Joined): void {
    const first = !this.loaded;
    this.outgoing.announce(frame.limits);
    this.cursor.rate(frame.limits.cursorsPerSecond);
    this.company.joined(frame);
    if (frame.doc === null) {
      if (first || this.askForDocument || !this.incoming.resume(frame)) return this.rejoin(true);
    } else {
      this.enterDocument(frame, frame.doc);
    }
    this.connection.live();
    this.frontEnd.joined();
    this.notices.retried();
    this.off.over();
    this.askForDocument = false;
    this.follow(frame.acked);
    for (const cursor of frame.cursors) this.presence.cursor(cursor, this.replica);
    this.accessChanged(frame.access);
    if (this.replica.inFlight === null) this.outgoing.flush();
    else if (frame.doc === null) this.outgoing.send();
    else this.outgoing.launch();
    this.cursor.again();
    this.sendCursor();
    this.company.again();
  }

  /**
   * The server has more of this client than it knows of. What a tab that ended had still to send may be among it,
   * if its journal failed: that is shown to the user, as sent again it could stand there twice.
   */
  private follow(acked: number): void {
    if (this.resuming && this.replica.isBehind(acked)) this.outgoing.withdraw('overtaken', this.replica.withdrawAll());
    this.resuming = false;
    this.replica.follow(acked);
  }

  private enterDocument(frame: Joined, doc: Delta): void {
    this.presence.forgetRevisions();
    this.checks.arrived(frame.rev);
    if (this.loaded) {
      const { change, lost } = this.replica.rebase(doc, frame.rev, frame.acked);
      if (lost !== null) this.notices.lost('set-back', lost);
      return this.incoming.show(change);
    }
    this.loaded = true;
    this.replica.load(doc, frame.rev);
    this.emit({ t: 'load', doc });
  }

  private commit(ops: readonly Committed[]): void {
    if (!this.incoming.commitAll(ops)) return this.rejoin(false);
    this.outgoing.flush();
  }

  private ack(seq: number, rev: number): void {
    // An ack that is repeated belongs to a change that came back as a revision before.
    if (this.replica.inFlight?.seq !== seq) return;
    if (rev !== this.replica.rev + 1) return this.rejoin(rev <= this.replica.rev);
    this.incoming.acknowledged();
    this.outgoing.flush();
    this.check();
  }

  private accessChanged(access: Access): void {
    this.access = access;
    // What is in flight may have been committed before the change; its answer will tell.
    const waits = this.connection.phase === 'live' && this.replica.inFlight !== null;
    if (!this.mayWrite() && !waits) this.outgoing.withdraw('read-only', this.replica.withdrawAll());
    this.emit({ t: 'refresh' });
  }

  private mayWrite(): boolean {
    return this.access === 'edit' || this.access === 'admin';
  }

  private error(code: string, message: string, seq: number | null, retryAfterMs: number | null): void {
    if (code === 'diverged' || code === 'stale_revision') return this.rejoin(true);
    const { inFlight } = this.replica;
    if (inFlight === null || (seq === null ? code === 'rate_limited' : seq !== inFlight.seq)) return;
    switch (code) {
      case 'bad_delta':
        this.outgoing.withdraw('refused', this.replica.withdrawFlying(), message);
        return this.outgoing.flush();
      case 'forbidden':
        if (this.mayWrite()) this.access = 'view';
        this.outgoing.withdraw('read-only', this.replica.withdrawAll());
        this.emit({ t: 'refresh' });
        return;
      case 'too_large':
        return this.outgoing.tooLarge();
      case 'bad_message':
        return this.rejoin(true);
      default:
        if (code === 'unavailable') this.notices.lasts('unavailable', true);
        this.emit({ t: 'timer', name: 'resend', ms: retryAfterMs ?? 1000 });
    }
  }

  private edit(change: Delta): void {
    this.replica.edit(change);
    this.frontEnd.touched();
    this.presence.changed(change);
    this.cursor.changed(change);
    this.outgoing.flush();
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
