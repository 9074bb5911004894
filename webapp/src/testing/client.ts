import Delta from 'quill-delta';
import type { Effect, SessionEvent } from '../sync/events';
import { SessionMachine } from '../sync/machine';
import type { MachineOptions } from '../sync/options';
import { ModelConnection } from './connection';
import type { ModelServer } from './server';

/** A client without an editor: a session machine, a model socket, and the document as an editor would show it. */
export class ModelClient extends ModelConnection {
  readonly machine: SessionMachine;
  shown: Delta | null = null;

  constructor(
    server: ModelServer,
    readonly name: string,
    random: () => number = () => 0.5,
    options: Pick<MachineOptions, 'journaled' | 'resumed'> = {},
  ) {
    super(server);
    this.machine = new SessionMachine({ client: name, random, ...options });
  }

  /** Connects and exchanges everything that waits. */
  start(): this {
    this.event({ t: 'start' });
    this.settle();
    return this;
  }

  override event(event: SessionEvent): void {
    for (const effect of this.machine.handle(event, this.now)) this.perform(effect);
  }

  edit(change: Delta): void {
    if (this.shown === null) throw new Error('nothing is shown yet');
    this.shown = this.shown.compose(change);
    this.event({ t: 'edit', change });
  }

  override perform(effect: Effect): void {
    if (effect.t === 'load') this.shown = new Delta(structuredClone(effect.doc.ops));
    else if (effect.t === 'change') this.shown = this.shown?.compose(effect.delta) ?? null;
    else super.perform(effect);
  }
}
