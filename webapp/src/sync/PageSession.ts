import type Delta from 'quill-delta';
import type { EditorSession, PeerCaret, Place, SessionEditor } from '../document/session-port';
import type { TabJournal, Unsaved } from '../journal';
import type { Effect, SessionEvent, SessionSnapshot } from './events';
import { SessionLive, type LivePage } from './live';
import { SessionMachine } from './machine';
import type { MachineOptions } from './options';

/** Does the effects that concern neither editor nor store; the browser's is {@link Driver}. */
export interface Performer {
  perform(effect: Effect): void;
}

/**
 * A page's session for the user interface: a store to subscribe to, and what an editor is bound to.
 * All calls come from the page's own thread.
 */
export class PageSession implements EditorSession {
  private readonly machine: SessionMachine;
  private readonly performer: Performer;
  private readonly listeners = new Set<() => void>();
  private editor: SessionEditor | null = null;
  private snapshot: SessionSnapshot;
  private readonly queue: SessionEvent[] = [];
  private handling = false;
  private readonly journal: TabJournal | null;
  private noted: Unsaved | null = null;
  private leaving = false;
  private readonly company: SessionLive;

  /** `journal` keeps on the device what is not saved; without one that is in this tab alone. */
  constructor(
    options: Omit<MachineOptions, 'journaled'>,
    performer: (report: (event: SessionEvent) => void) => Performer,
    private readonly clock: () => number = () => Date.now(),
    journal: ((changed: () => void) => TabJournal) | null = null,
  ) {
    this.machine = new SessionMachine({ ...options, journaled: journal !== null });
    this.snapshot = this.machine.snapshot();
    this.company = new SessionLive(
      { people: () => this.machine.people(), isLive: () => this.machine.snapshot().phase === 'live' },
      (event) => this.report(event),
    );
    this.performer = performer((event) => this.report(event));
    this.journal = journal?.(() => this.report({ t: 'keeping', works: this.journal?.works === true })) ?? null;
  }

  /** Tells a listener of every new snapshot; the result ends that. Bound, as React wants it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** What to show now; the same object as long as nothing changes. */
  readonly getSnapshot = (): SessionSnapshot => this.snapshot;

  /** What plugins' modules do with the others on the page. */
  get live(): LivePage {
    return this.company;
  }

  /** Connects; called once. */
  start(): void {
    this.report({ t: 'start' });
  }

  /** Connects again now, after an end or during a wait. */
  retry(): void {
    this.report({ t: 'retry' });
  }

  /** Takes the notice away, with the text that it offers. */
  dismissNotice(): void {
    this.report({ t: 'dismiss' });
  }

  /** Tells what the browser thinks of the network. */
  network(online: boolean): void {
    this.report({ t: 'network', online });
  }

  /** Brings what is not saved onto the device now; over when it is there, or cannot be. */
  async keep(): Promise<void> {
    await this.journal?.write();
  }

  /** Whether the user leaves by a way that loses nothing. */
  get isLeaving(): boolean {
    return this.leaving;
  }

  /** Leaves by a way of ours, with what is not saved on the device; without a device the browser asks first. */
  async leave(go: () => void): Promise<void> {
    await this.keep();
    this.leaving = this.snapshot.onDevice;
    go();
  }

  /** Loads the page anew, with what is not saved on the device. */
  reload(): void {
    void this.leave(() => this.performer.perform({ t: 'reload' }));
  }

  /** Leaves the page. */
  close(): void {
    this.report({ t: 'leave' });
  }

  /** @inheritdoc */
  attach(editor: SessionEditor): () => void {
    this.editor = editor;
    if (this.snapshot.loaded) editor.load(this.machine.shown());
    editor.refresh();
    return () => {
      if (this.editor === editor) this.editor = null;
    };
  }

  /** @inheritdoc */
  edit(change: Delta): void {
    this.report({ t: 'edit', change });
  }

  /** @inheritdoc */
  select(place: Place | null): void {
    this.report({ t: 'select', place });
  }

  /** @inheritdoc */
  carets(): readonly PeerCaret[] {
    return this.machine.cursors().map(({ peer, range }) => ({
      client: peer.client,
      name: peer.user.name,
      color: peer.user.color,
      ...range,
    }));
  }

  /** @inheritdoc */
  canEdit(): boolean {
    return this.machine.canEdit();
  }

  /** One event after the other: an editor that answers an effect at once waits for its turn. */
  private report(event: SessionEvent): void {
    this.queue.push(event);
    if (this.handling) return;
    this.handling = true;
    try {
      for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
        const effects = this.machine.handle(next, this.clock());
        this.noteUnsaved();
        for (const effect of effects) this.perform(effect);
      }
    } finally {
      this.handling = false;
    }
    this.publish();
  }

  private perform(effect: Effect): void {
    switch (effect.t) {
      case 'load':
        this.editor?.load(effect.doc);
        return;
      case 'change':
        this.editor?.change(effect.delta);
        return;
      case 'refresh':
        this.editor?.refresh();
        return;
      case 'keep':
        void this.keep().then(() => this.report({ t: 'kept', number: effect.number }));
        return;
      case 'reload':
        return this.reload();
      case 'heard':
      case 'shown':
      case 'declined':
        return this.company.tell(effect);
      default:
        this.performer.perform(effect);
    }
  }

  private noteUnsaved(): void {
    const unsaved = this.machine.unsaved();
    if (unsaved === this.noted) return;
    this.noted = unsaved;
    this.journal?.note(unsaved);
  }

  private publish(): void {
    const now = this.machine.snapshot();
    if (sameSnapshot(now, this.snapshot)) return;
    this.snapshot = now;
    for (const listener of [...this.listeners]) listener();
  }
}

function sameSnapshot(a: SessionSnapshot, b: SessionSnapshot): boolean {
  const { notice: one, ...rest } = a;
  const { notice: other, ...others } = b;
  return (
    Object.entries(rest).every(([name, value]) => others[name as keyof typeof others] === value) &&
    JSON.stringify(one) === JSON.stringify(other)
  );
}
