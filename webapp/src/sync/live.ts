import type { Companion } from './company';
import type { Effect, SessionEvent } from './events';
import type { Subject } from './frames';

/** Something that the server did not take of a plugin's module, and why. */
export interface Declined {
  readonly subject: Subject;
  readonly message: string;
}

/** What a session tells of what plugins' modules say. */
export type LiveEffect = Extract<Effect, { readonly t: 'heard' | 'shown' | 'declined' }>;

/** What plugins' modules may do with the others on the page. */
export interface LivePage {
  /** Sends a plugin's message; false without a connection, and nothing is kept for later. */
  say(plugin: string, value: unknown): boolean;
  /** Shows something of this user; null: no more. */
  show(field: string, value: unknown): void;
  /** The other clients, with all that they show. */
  people(): readonly Companion[];
  /** Hears of the messages of all plugins, until the result is called. */
  onHeard(listener: (plugin: string, value: unknown) => void): () => void;
  /** Is told that somebody came, left or shows something else, until the result is called. */
  onShown(listener: () => void): () => void;
  /** Is told what the server did not take, until the result is called. */
  onDeclined(listener: (declined: Declined) => void): () => void;
}

/** The state that is asked. */
interface State {
  readonly people: () => readonly Companion[];
  readonly isLive: () => boolean;
}

/** A session as plugins' modules use it. */
export class SessionLive implements LivePage {
  private readonly heard = new Set<(plugin: string, value: unknown) => void>();
  private readonly shown = new Set<() => void>();
  private readonly declined = new Set<(declined: Declined) => void>();

  constructor(
    private readonly state: State,
    private readonly report: (event: SessionEvent) => void,
  ) {}

  /** @inheritdoc */
  say(plugin: string, value: unknown): boolean {
    if (!this.state.isLive()) return false;
    this.report({ t: 'say', plugin, value });
    return true;
  }

  /** @inheritdoc */
  show(field: string, value: unknown): void {
    this.report({ t: 'show', field, value });
  }

  /** @inheritdoc */
  people(): readonly Companion[] {
    return this.state.people();
  }

  /** @inheritdoc */
  onHeard(listener: (plugin: string, value: unknown) => void): () => void {
    return added(this.heard, listener);
  }

  /** @inheritdoc */
  onShown(listener: () => void): () => void {
    return added(this.shown, listener);
  }

  /** @inheritdoc */
  onDeclined(listener: (declined: Declined) => void): () => void {
    return added(this.declined, listener);
  }

  /** Tells who listens. */
  tell(effect: LiveEffect): void {
    switch (effect.t) {
      case 'heard':
        for (const listener of [...this.heard]) listener(effect.plugin, effect.value);
        return;
      case 'shown':
        for (const listener of [...this.shown]) listener();
        return;
      case 'declined':
        for (const listener of [...this.declined]) listener(effect);
    }
  }
}

/** Each time a listener of its own, so that the result takes back this one alone. */
function added<A extends readonly unknown[]>(listeners: Set<(...told: A) => void>, listener: (...told: A) => void): () => void {
  const own = (...told: A): void => listener(...told);
  listeners.add(own);
  return () => void listeners.delete(own);
}
