import { openDB, type IDBPDatabase } from 'idb';
import { readEntry, type EntryKey, type JournalEntry } from './entry';

const NAME = 'tandem';
const STORE = 'unsaved';

/** Where entries are kept beyond a tab's end. Every call fails when the device keeps nothing. */
export interface Journal {
  /** Writes an entry in place of the one with its key. */
  put(entry: JournalEntry): Promise<void>;
  /** Takes an entry away; does nothing when there is none. */
  remove(key: EntryKey): Promise<void>;
  /** The entry as it stands now; null when there is none. */
  get(key: EntryKey): Promise<JournalEntry | null>;
  /** The entries of one person on one page, of all tabs, the oldest first. */
  of(page: string, user: string): Promise<JournalEntry[]>;
}

/**
 * The journal in the browser's IndexedDB. Calls are carried out in their order. After a failure (no room, a
 * private window, a browser that has closed the database) the next call opens it anew.
 */
export class DeviceJournal implements Journal {
  private opening: Promise<IDBPDatabase> | null = null;

  /** @inheritdoc */
  async put(entry: JournalEntry): Promise<void> {
    await this.work((database) => database.put(STORE, entry));
  }

  /** @inheritdoc */
  async remove(key: EntryKey): Promise<void> {
    await this.work((database) => database.delete(STORE, pathOf(key)));
  }

  /** @inheritdoc */
  async get(key: EntryKey): Promise<JournalEntry | null> {
    return readEntry(await this.work((database) => database.get(STORE, pathOf(key))));
  }

  /** @inheritdoc */
  async of(page: string, user: string): Promise<JournalEntry[]> {
    // An array comes after every text, so this is every client.
    const range = IDBKeyRange.bound([page, user], [page, user, []]);
    const found: unknown[] = await this.work((database) => database.getAll(STORE, range));
    return found.map(readEntry).filter((entry) => entry !== null).sort((one, other) => one.at - other.at);
  }

  private async work<T>(what: (database: IDBPDatabase) => Promise<T>): Promise<T> {
    this.opening ??= this.open();
    const opening = this.opening;
    try {
      return await what(await opening);
    } catch (failure) {
      if (this.opening === opening) this.forget();
      throw failure;
    }
  }

  private open(): Promise<IDBPDatabase> {
    return openDB(NAME, 1, {
      upgrade: (database) => void database.createObjectStore(STORE, { keyPath: ['page', 'user', 'client'] }),
      blocking: () => this.forget(),
      terminated: () => this.forget(),
    });
  }

  private forget(): void {
    const { opening } = this;
    this.opening = null;
    opening?.then((database) => database.close()).catch(() => undefined);
  }
}

function pathOf({ page, user, client }: EntryKey): string[] {
  return [page, user, client];
}
