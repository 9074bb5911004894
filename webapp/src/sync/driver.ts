import type { Effect, SessionEvent, TimerName } from './events';
import { readFrame } from './frames';

/** A socket's `readyState` while it is open. */
const OPEN = 1;

/** The type of the problem that tells of an address which no plugin serves at the moment. */
const NO_PLUGIN = 'urn:tandem:problem:no-plugin';

/** What a node that ends closes its sockets with. */
const GOING_DOWN = 1012;

/** What the driver needs of its surroundings; a browser has all of it. */
export interface Surroundings {
  /** Where the wiki is, such as `https://wiki.example`. */
  readonly origin: string;
  readonly fetch: typeof fetch;
  readonly WebSocket: typeof WebSocket;
  /** The value of the cookie `csrf`, or an empty text. */
  readonly csrf: () => string;
  /** What the edit page was loaded with, in one word; an empty text when it does not say. */
  readonly frontEnd: string;
  /** Loads the page anew. */
  readonly reload: () => void;
}

/** Why there is no ticket: by its HTTP status, 0 when there was no answer. */
interface Refusal {
  readonly status: number;
  readonly off: boolean;
}

/** The one part of a session with I/O: tickets, the socket, timers. Events go to `report`. */
export class Driver {
  private readonly timers = new Map<TimerName, ReturnType<typeof setTimeout>>();
  private socket: WebSocket | null = null;
  /** Counts the attempts, so that what an abandoned one still brings is not reported. */
  private attempt = 0;

  constructor(
    private readonly page: string,
    private readonly around: Surroundings,
    private readonly report: (event: SessionEvent) => void,
  ) {}

  /** Does what a session wants, as far as it is no matter of the editor. */
  perform(effect: Effect): void {
    switch (effect.t) {
      case 'connect':
        void this.connect(effect.renew);
        return;
      case 'send':
        if (this.socket?.readyState === OPEN) this.socket.send(JSON.stringify(effect.frame));
        return;
      case 'close':
        this.abandon(effect.code);
        return;
      case 'timer':
        this.startTimer(effect.name, effect.ms);
        return;
      case 'cancel':
        this.stopTimer(effect.name);
        return;
      case 'look':
        void this.look();
        return;
      case 'reload':
        this.around.reload();
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

  private startTimer(name: TimerName, ms: number): void {
    this.stopTimer(name);
    this.timers.set(
      name,
      setTimeout(() => {
        this.timers.delete(name);
        this.report({ t: 'timer', name });
      }, ms),
    );
  }

  private stopTimer(name: TimerName): void {
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
  }

  private abandon(code: number): void {
    this.attempt += 1;
    this.socket?.close(code);
    this.socket = null;
  }

  private async connect(renew: boolean): Promise<void> {
    this.abandon(1000);
    const attempt = this.attempt;
    const ticket = await this.ticket(renew).catch(() => refusal(0));
    if (attempt !== this.attempt) return;
    if (typeof ticket === 'string') this.open(ticket, attempt);
    else if (ticket.status === GOING_DOWN) this.report({ t: 'closed', code: GOING_DOWN });
    else this.report({ t: 'refused', ...ticket });
  }

  /** A ticket, or why there is none; 1012 when a proxy still led to a node that ends. */
  private async ticket(renew: boolean): Promise<string | Refusal> {
    if (renew && !(await this.refresh())) return refusal(401);
    const first = await this.post('/api/collab/tickets', { page: this.page });
    const answer =
      first.status === 401 && !renew && (await this.refresh())
        ? await this.post('/api/collab/tickets', { page: this.page })
        : first;
    if (answer.status === 503 && answer.headers.get('Retry-After') === '0') return refusal(GOING_DOWN);
    if (!answer.ok) return refusal(answer.status, (await field(answer, 'type')) === NO_PLUGIN);
    return (await field(answer, 'ticket')) ?? refusal(0);
  }

  /** Which front end the wiki serves now; nothing is reported when it does not say. */
  private async look(): Promise<void> {
    const { attempt } = this;
    const address = `${this.around.origin}/api/pages/${encodeURIComponent(this.page)}/editor`;
    const answer = await this.around.fetch(address, { credentials: 'same-origin' }).catch(() => null);
    const frontEnd = answer?.ok === true ? await field(answer, 'frontEnd') : null;
    if (frontEnd === null || attempt !== this.attempt || this.around.frontEnd === '') return;
    this.report({ t: 'front-end', other: frontEnd !== this.around.frontEnd });
  }

  private async refresh(): Promise<boolean> {
    return (await this.post('/api/auth/refresh', null)).ok;
  }

  private post(path: string, body: unknown): Promise<Response> {
    const headers: Record<string, string> = { 'X-CSRF-Token': this.around.csrf() };
    if (body !== null) headers['Content-Type'] = 'application/json';
    return this.around.fetch(this.around.origin + path, {
      method: 'POST',
      credentials: 'same-origin',
      headers,
      body: body === null ? null : JSON.stringify(body),
    });
  }

  private open(ticket: string, attempt: number): void {
    const address = `${this.around.origin.replace(/^http/, 'ws')}/api/collab/v1/pages/${encodeURIComponent(this.page)}/socket?ticket=${encodeURIComponent(ticket)}`;
    const socket = new this.around.WebSocket(address, 'tandem.v1');
    this.socket = socket;
    const current = (): boolean => attempt === this.attempt;
    socket.onopen = () => {
      if (current()) this.report({ t: 'opened' });
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      const frame = current() && typeof data === 'string' ? readFrame(data) : null;
      if (frame !== null) this.report({ t: 'frame', frame });
    };
    socket.onclose = ({ code }) => {
      if (!current()) return;
      this.abandon(1000);
      this.report({ t: 'closed', code });
    };
  }
}

function refusal(status: number, off = false): Refusal {
  return { status, off };
}

/** A text in a JSON object that was answered; null when it is not there. */
async function field(answer: Response, name: string): Promise<string | null> {
  const body: unknown = await answer.json().catch(() => null);
  const value = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : null;
  return typeof value === 'string' ? value : null;
}
