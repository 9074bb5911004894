import type Delta from 'quill-delta';
import { TabJournal, type EntryKey, type Journal, type JournalEntry, type Tabs } from '../journal';
import type { Resumed } from './options';
import type { Offers } from './offers';
import type { PageSession } from './PageSession';

/** How long a session may take to bring in what was kept, in milliseconds. */
const PATIENCE_MS = 20_000;

/** What a resumption needs of its page. */
export interface ResumptionPorts {
  readonly journal: Journal;
  readonly tabs: Tabs;
  /** The document at a revision; null when it is not to be had any more, a failure when it may be later. */
  readonly documentAt: (rev: number) => Promise<Delta | null>;
  /** Opens a session that goes on from there, without an editor. */
  readonly open: (client: string, resumed: Resumed, journal: (changed: () => void) => TabJournal) => PageSession;
}

/**
 * Brings in what tabs that ended had not saved, one after the other. Each goes on as the client that it was, from
 * the revision that it had: the server knows a change that it has already by its client and seq, so nothing comes
 * twice. What cannot go on so is offered to its author as text. What fails for now stays on the device.
 */
export class Resumption {
  private running = false;

  constructor(
    private readonly own: EntryKey,
    private readonly ports: ResumptionPorts,
    private readonly offers: Offers,
    private readonly patience = PATIENCE_MS,
  ) {}

  /** Brings in what there is; called whenever the page is connected. Nothing fails here. */
  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      const { page, user, client } = this.own;
      for (const entry of await this.ports.journal.of(page, user)) {
        if (entry.client !== client && !this.offers.has(entry.client)) await this.take(entry);
      }
    } catch {
      // A device or a wiki that does not answer now is asked again when the page is connected the next time.
    } finally {
      this.running = false;
    }
  }

  private async take(key: EntryKey): Promise<void> {
    const release = await this.ports.tabs.claim(key.client);
    if (release === null) return;
    let offered = false;
    try {
      const left = await this.leftOf(key);
      if (left === null) return;
      offered = true;
      this.offers.add(left, release);
    } finally {
      if (!offered) release();
    }
  }

  /** What remains to be offered; null when nothing does, or not yet. */
  private async leftOf(key: EntryKey): Promise<JournalEntry | null> {
    const entry = await this.ports.journal.get(key);
    if (entry === null || entry.change === null || entry.inForm) return entry;
    const doc = await this.ports.documentAt(entry.change.rev);
    if (doc === null || doc.length() !== entry.change.length) return entry;
    if (!(await this.bringIn(entry, { doc, change: entry.change, refused: entry.refused }))) return null;
    return this.ports.journal.get(key);
  }

  /** Goes on as that client until everything has an answer; false when there is none in time. */
  private async bringIn(entry: JournalEntry, resumed: Resumed): Promise<boolean> {
    const { journal } = this.ports;
    const { page, user, client } = entry;
    const session = this.ports.open(client, resumed, (changed) => {
      const tab = new TabJournal(journal, { page, user, client }, changed);
      tab.found(entry);
      return tab;
    });
    const done = await this.answered(session);
    await session.keep();
    session.close();
    return done;
  }

  private answered(session: PageSession): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (done: boolean): void => {
        clearTimeout(timer);
        unsubscribe();
        resolve(done);
      };
      const timer = setTimeout(() => end(false), this.patience);
      const look = (): void => {
        const { phase, saveState } = session.getSnapshot();
        if (phase === 'ended') end(false);
        else if (phase === 'live' && saveState === 'saved') end(true);
      };
      const unsubscribe = session.subscribe(look);
      session.start();
    });
  }
}
