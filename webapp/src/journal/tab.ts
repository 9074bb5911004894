import type { Journal } from './device';
import type { EntryKey, Unsaved } from './entry';

/** How long a change waits for others before it is written, in milliseconds. */
const SOON_MS = 200;

/** A device that has not written after this time, in milliseconds, is taken for one that does not. */
const PATIENCE_MS = 1_000;

/** What of a tab stands in the journal, kept up to date. Nothing fails here: {@link works} says how it goes. */
export class TabJournal {
  private wanted: Unsaved | null = null;
  private dirty = false;
  private stored = false;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private running: Promise<void> = Promise.resolve();
  private able = true;

  /** `changed` is called when {@link works} has changed. */
  constructor(
    private readonly journal: Journal,
    private readonly key: EntryKey,
    private readonly changed: () => void = () => undefined,
    private readonly clock: () => number = () => Date.now(),
  ) {}

  /** Whether the device keeps what it is told. */
  get works(): boolean {
    return this.able;
  }

  /** The entry that is there from before. */
  found({ change, typed, refused }: Unsaved): void {
    this.wanted = { change, typed, refused };
    this.stored = true;
  }

  /** What is to be kept from now on; null when nothing is. It is written soon. */
  note(unsaved: Unsaved | null): void {
    this.wanted = unsaved;
    this.dirty = true;
    this.timer ??= setTimeout(() => void this.write(), SOON_MS);
  }

  /** Writes what was noted now; over when it is written, or cannot be. */
  write(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.dirty && (this.wanted !== null || this.stored)) {
      this.dirty = false;
      this.stored = this.wanted !== null;
      this.running = this.inTime(this.work());
    }
    return this.running;
  }

  private work(): Promise<void> {
    if (this.wanted === null) return this.journal.remove(this.key);
    return this.journal.put({ ...this.key, ...this.wanted, at: this.clock(), inForm: false });
  }

  /** A device that fails is not asked to hold anybody up. */
  private async inTime(work: Promise<void>): Promise<void> {
    const written = work.then(() => true, () => false);
    void written.then((done) => this.tell(done));
    if (this.able && (await Promise.race([written, late()])) === 'late') this.tell(false);
  }

  private tell(able: boolean): void {
    if (!able) this.stored = this.dirty = true;
    if (able === this.able) return;
    this.able = able;
    this.changed();
  }
}

function late(): Promise<'late'> {
  return new Promise((resolve) => setTimeout(() => resolve('late'), PATIENCE_MS));
}
