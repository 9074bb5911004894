import { Backoff } from './backoff';
import type { ClientFrame } from './frames';
import type { Effect, Phase, TimerName } from './events';

const CONNECT_MS = 20_000;
const SILENCE_MS = 15_000;
const VOICE_MS = 25_000;
const PONG_MS = 10_000;
const PROBE_MS = 3_000;
const SETTLED_MS = 5_000;
const TIMERS: readonly TimerName[] = ['connect', 'retry', 'silence', 'voice', 'pong', 'resend', 'cursor', 'presence', 'check', 'settled', 'look', 'reload'];

/** The connection of a session: attempts, heartbeat, waiting. It knows nothing of documents. */
export class Connection {
  private readonly backoff: Backoff;
  private state: Phase = 'connecting';
  private tryAt: number | null = null;
  private renewed = false;

  /** Effects go to `emit` at once. */
  constructor(
    private readonly emit: (effect: Effect) => void,
    random: () => number,
  ) {
    this.backoff = new Backoff(random);
  }

  /** How the connection stands. */
  get phase(): Phase {
    return this.state;
  }

  /** When the next attempt is made; null when none is planned. */
  get nextTryAt(): number | null {
    return this.tryAt;
  }

  /** Whether the sign-in was renewed for this attempt. */
  get renewing(): boolean {
    return this.renewed;
  }

  /** Tries to connect now. */
  connect(renew: boolean): void {
    if (this.state !== 'connecting') this.state = 'offline';
    this.tryAt = null;
    this.renewed = renew;
    this.emit({ t: 'cancel', name: 'retry' });
    this.emit({ t: 'timer', name: 'connect', ms: CONNECT_MS });
    this.emit({ t: 'connect', renew });
  }

  /** The user asks for it, after an end or during a wait. */
  restart(): void {
    this.backoff.reset();
    this.connect(false);
  }

  /** The socket is open. */
  opened(): void {
    this.emit({ t: 'cancel', name: 'connect' });
    this.speakLater();
    this.heard();
  }

  /** The server answered the join. */
  live(): void {
    this.state = 'live';
    this.renewed = false;
    this.emit({ t: 'timer', name: 'settled', ms: SETTLED_MS });
  }

  /** Something arrived. */
  heard(): void {
    this.emit({ t: 'cancel', name: 'pong' });
    this.emit({ t: 'timer', name: 'silence', ms: SILENCE_MS });
  }

  /** The browser thinks that the network came or went; it is often wrong, so a live socket is only probed. */
  network(online: boolean, now: number): void {
    if (this.state === 'live' && !online) this.ping(PROBE_MS, now);
    if (this.tryAt !== null && online) this.connect(false);
  }

  /** One of this connection's timers; 'silent' when the other side must be taken as gone. */
  timer(name: TimerName, now: number): 'silent' | null {
    switch (name) {
      case 'connect':
      case 'pong':
        return 'silent';
      case 'retry':
        this.connect(false);
        return null;
      case 'silence':
        this.ping(PONG_MS, now);
        return null;
      case 'voice':
        this.ping(PONG_MS, now);
        this.speakLater();
        return null;
      case 'settled':
        this.backoff.reset();
        return null;
      default:
        return null;
    }
  }

  /** Leaves the socket. */
  close(code: number): void {
    this.emit({ t: 'close', code });
    this.stopTimers();
  }

  /** Every timer of the session ends with its socket. */
  stopTimers(): void {
    for (const name of TIMERS) this.emit({ t: 'cancel', name });
  }

  /** The socket closed with this code: waits and tries again. */
  lost(code: number, now: number): void {
    const wait = this.backoff.after(code);
    this.state = 'offline';
    this.tryAt = now + wait;
    this.emit({ t: 'timer', name: 'retry', ms: wait });
  }

  /** Nothing more is tried until the user asks for it. */
  end(): void {
    this.state = 'ended';
    this.tryAt = null;
  }

  /** Who only hears must let itself be heard as well: the server takes a minute's silence for an end. */
  private speakLater(): void {
    this.emit({ t: 'timer', name: 'voice', ms: VOICE_MS });
  }

  private ping(wait: number, now: number): void {
    const frame: ClientFrame = { t: 'ping', at: now };
    this.emit({ t: 'send', frame });
    this.emit({ t: 'timer', name: 'pong', ms: wait });
  }
}
