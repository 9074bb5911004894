import type { Effect, SessionEvent, TimerName } from '../sync/events';
import { readFrame } from '../sync/frames';
import type { ModelServer, ModelSocket } from './server';

/** The outer side of a session in a test: a model socket and timers that move only when the test says so. */
export abstract class ModelConnection {
  readonly timers = new Map<TimerName, number>();
  socket: ModelSocket | null = null;
  wantsConnection = false;
  now = 0;
  /** How often the session wanted to know of the front end, and to load the page anew. */
  looks = 0;
  reloads = 0;

  constructor(private readonly server: ModelServer) {}

  /** Tells the session of something. */
  abstract event(event: SessionEvent): void;

  /** Does what the session wants, as far as it is no matter of the editor. */
  perform(effect: Effect): void {
    switch (effect.t) {
      case 'connect':
        this.wantsConnection = true;
        return;
      case 'send':
        this.socket?.toServer.push(structuredClone(effect.frame));
        return;
      case 'close':
        this.socket?.cut();
        this.socket = null;
        this.wantsConnection = false;
        return;
      case 'timer':
        this.timers.set(effect.name, effect.ms);
        return;
      case 'cancel':
        this.timers.delete(effect.name);
        return;
      case 'look':
        this.looks += 1;
        return;
      case 'reload':
        this.reloads += 1;
        return;
      case 'keep':
      case 'load':
      case 'change':
      case 'heard':
      case 'shown':
      case 'declined':
      case 'refresh':
    }
  }

  /** Takes the next frame of the server. */
  deliverDown(): boolean {
    const text = this.socket?.toClient.shift();
    const frame = text === undefined ? null : readFrame(text);
    if (frame === null) return false;
    this.event({ t: 'frame', frame });
    return true;
  }

  /** The connection breaks; the session hears of it. */
  cut(code = 1006): void {
    const { socket } = this;
    this.socket = null;
    socket?.cut();
    if (socket !== null) this.event({ t: 'closed', code });
  }

  /** Opens the socket that the session asked for, or fires its timer for it. */
  reconnect(): void {
    if (!this.wantsConnection && this.timers.has('retry')) this.fire('retry');
    if (!this.wantsConnection) return;
    this.wantsConnection = false;
    this.socket = this.server.connect();
    this.event({ t: 'opened' });
  }

  fire(name: TimerName): void {
    const ms = this.timers.get(name);
    if (ms === undefined) throw new Error(`no timer ${name}`);
    this.timers.delete(name);
    this.now += ms;
    this.event({ t: 'timer', name });
  }

  /** One thing that waits, if any. */
  stepOnce(): boolean {
    if (this.socket === null) {
      this.reconnect();
      return this.socket !== null;
    }
    if (this.socket.deliverUp() || this.deliverDown()) return true;
    if (!this.timers.has('resend')) return false;
    this.fire('resend');
    return true;
  }

  settle(): void {
    while (this.stepOnce());
  }
}

/** Delivers everything to everyone. */
export function settleAll(clients: readonly ModelConnection[]): void {
  while (clients.map((client) => client.stepOnce()).some(Boolean));
}
