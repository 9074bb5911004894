import { keptText, type Journal, type JournalEntry } from '../journal';

/** Text on this device that is not in the page, and that cannot be brought there without its author. */
export interface Offer {
  readonly client: string;
  readonly text: string;
  /** Whether it was sent off in the wiki's own form, and may be in the page by that. */
  readonly inForm: boolean;
}

/**
 * What is offered on a page: a store to subscribe to. An offer stays until its text is taken or discarded, also
 * beyond this tab.
 */
export class Offers {
  private readonly entries = new Map<string, { entry: JournalEntry; release: () => void }>();
  private readonly listeners = new Set<() => void>();
  private snapshot: readonly Offer[] = [];

  constructor(private readonly journal: Journal) {}

  /** Tells a listener of every new snapshot; the result ends that. Bound, as React wants it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** What is offered now; the same object as long as nothing changes. */
  readonly getSnapshot = (): readonly Offer[] => this.snapshot;

  /** Whether the text of this client is offered. */
  has(client: string): boolean {
    return this.entries.has(client);
  }

  /** Offers an entry; `release` lets other tabs have it. */
  add(entry: JournalEntry, release: () => void): void {
    this.entries.set(entry.client, { entry, release });
    this.publish();
  }

  /** Its author has taken the text over, or wants it no more: the device forgets it. */
  async settle(client: string): Promise<void> {
    const offered = this.entries.get(client);
    if (offered === undefined) return;
    this.entries.delete(client);
    this.publish();
    await this.journal.remove(offered.entry).catch(() => undefined);
    offered.release();
  }

  private publish(): void {
    this.snapshot = [...this.entries.values()].map(({ entry }) => ({
      client: entry.client,
      text: keptText(entry),
      inForm: entry.inForm,
    }));
    for (const listener of [...this.listeners]) listener();
  }
}
