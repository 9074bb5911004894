import type Delta from 'quill-delta';
import type { EditorSession, PeerCaret, Place, SessionEditor } from '../document/session-port';
import { Driver, type Surroundings } from './driver';
import type { Effect, SessionEvent, SessionSnapshot } from './events';
import { SessionMachine, type MachineOptions } from './machine';

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

  constructor(
    options: MachineOptions,
    performer: (report: (event: SessionEvent) => void) => Performer,
    private readonly clock: () => number = () => Date.now(),
  ) {
    this.machine = new SessionMachine(options);
    this.snapshot = this.machine.snapshot();
    this.performer = performer((event) => this.report(event));
  }

  /** Tells a listener of every new snapshot; the result ends that. Bound, as React wants it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** What to show now; the same object as long as nothing changes. */
  readonly getSnapshot = (): SessionSnapshot => this.snapshot;

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
        for (const effect of this.machine.handle(next, this.clock())) this.perform(effect);
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
      default:
        this.performer.perform(effect);
    }
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

/** Where a page's session runs; the browser's own unless told otherwise. */
export type OpenOptions = { readonly page: string } & Partial<Surroundings>;

/** Opens a page in the browser: connects at once, and warns before a tab closes with unsaved text. */
export function openPage({ page, ...given }: OpenOptions): PageSession {
  const around: Surroundings = {
    origin: window.location.origin,
    fetch: window.fetch.bind(window),
    WebSocket: window.WebSocket,
    csrf: () => cookie('csrf'),
    ...given,
  };
  const session = new PageSession(
    { client: newClient(), random: Math.random },
    (report) => new Driver(page, around, report),
  );
  window.addEventListener('online', () => session.network(true));
  window.addEventListener('offline', () => session.network(false));
  window.addEventListener('beforeunload', (event) => {
    if (session.getSnapshot().saveState !== 'saved') event.preventDefault();
  });
  session.start();
  return session;
}

function cookie(name: string): string {
  const start = `${name}=`;
  const found = document.cookie.split('; ').find((part) => part.startsWith(start));
  return found === undefined ? '' : decodeURIComponent(found.slice(start.length));
}

/** A random UUID; `crypto.randomUUID` would need a secure context. */
function newClient(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
