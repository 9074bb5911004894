/** Which clients live in a tab of this browser, so that two tabs never go on as the same one. */
export interface Tabs {
  /**
   * Takes a client that no tab lives as; null when one does. It is this tab's until the result is called or the
   * tab ends, however that comes.
   */
  claim(client: string): Promise<(() => void) | null>;
}

/** A tab that is left lets go of its locks within this time, in milliseconds. */
const ENDING_MS = 1_500;

/** By the browser's locks, which end with their tab. They need a secure context: https, or this machine. */
export class LockedTabs implements Tabs {
  constructor(private readonly locks: LockManager) {}

  /** @inheritdoc */
  claim(client: string): Promise<(() => void) | null> {
    return new Promise((answer) => {
      const signal = AbortSignal.timeout(ENDING_MS);
      const held = this.locks.request(nameOf(client), { signal }, () => new Promise<void>((release) => answer(release)));
      held.catch(() => answer(null));
    });
  }
}

/** How long the other tabs have for an answer, in milliseconds. */
const ANSWER_MS = 400;

/**
 * By asking: where there are no locks. Tabs that claim at the same moment both hear of each other and both let go;
 * a tab that the browser has put to sleep does not answer.
 */
export class AskedTabs implements Tabs {
  private readonly own = new Set<string>();
  private readonly channel: BroadcastChannel;
  private readonly asked = new Map<string, () => void>();

  constructor(open: (name: string) => BroadcastChannel = (name) => new BroadcastChannel(name)) {
    this.channel = open('tandem-tabs');
    this.channel.onmessage = ({ data }: MessageEvent<unknown>) => this.heard(String(data));
  }

  /** @inheritdoc */
  claim(client: string): Promise<(() => void) | null> {
    if (this.own.has(client)) return Promise.resolve(null);
    this.own.add(client);
    const release = (): void => void this.own.delete(client);
    return new Promise((answer) => {
      const timer = setTimeout(() => {
        this.asked.delete(client);
        answer(release);
      }, ANSWER_MS);
      this.asked.set(client, () => {
        clearTimeout(timer);
        this.asked.delete(client);
        release();
        answer(null);
      });
      this.channel.postMessage(`who ${client}`);
    });
  }

  private heard(message: string): void {
    const [word, client = ''] = message.split(' ');
    if (word === 'who' && this.own.has(client)) this.channel.postMessage(`here ${client}`);
    if (word === 'here') this.asked.get(client)?.();
  }
}

/** What this browser has. */
export function browserTabs(): Tabs {
  // The type says that it is always there; outside of a secure context it is not.
  const { locks } = navigator as { locks?: LockManager };
  return locks === undefined ? new AskedTabs() : new LockedTabs(locks);
}

function nameOf(client: string): string {
  return `tandem-client:${client}`;
}
