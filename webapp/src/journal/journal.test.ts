import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import 'fake-indexeddb/auto';
import { AskedTabs, LockedTabs } from './tabs';
import { DeviceJournal, TabJournal, type Journal, type JournalEntry, type Unsaved } from '.';

const KEY = { page: 'p', user: 'u', client: 'c' };

function typed(text: string): Unsaved {
  return { change: { rev: 3, length: 1, acked: 0, flying: null, next: [{ insert: text }] }, typed: text, refused: '' };
}

function entry(text: string, more: Partial<JournalEntry> = {}): JournalEntry {
  return { ...KEY, ...typed(text), at: 1, inForm: false, ...more };
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('the journal of a device', () => {
  it('has each person see their own entries of one page alone, the oldest first', async () => {
    const journal = new DeviceJournal();
    await journal.put(entry('new', { client: 'a', at: 5 }));
    await journal.put(entry('old', { client: 'b', at: 2 }));
    await journal.put(entry('of another', { user: 'v' }));
    await journal.put(entry('elsewhere', { page: 'q' }));
    expect((await journal.of('p', 'u')).map((each) => each.typed)).toEqual(['old', 'new']);
    expect((await journal.of('p', 'v')).map((each) => each.typed)).toEqual(['of another']);
    expect(await journal.of('q', 'v')).toEqual([]);
  });

  it('is there for the next one who opens it, and forgets what it is told to', async () => {
    await new DeviceJournal().put(entry('kept'));
    const later = new DeviceJournal();
    expect(await later.get(KEY)).toEqual(entry('kept'));
    await later.remove(KEY);
    await later.remove(KEY);
    expect(await later.get(KEY)).toBeNull();
  });

  it('leaves out what it cannot read', async () => {
    const journal = new DeviceJournal();
    await journal.put(entry('good', { client: 'a' }));
    await journal.put({ ...KEY, at: 1, change: { rev: 'x' } } as unknown as JournalEntry);
    expect((await journal.of('p', 'u')).map((each) => each.typed)).toEqual(['good']);
  });

  it('works again after the browser has closed its database', async () => {
    const journal = new DeviceJournal();
    await journal.put(entry('before'));
    await new Promise((resolve) => {
      indexedDB.deleteDatabase('tandem').onsuccess = resolve;
    });
    await journal.put(entry('after'));
    expect((await journal.get(KEY))?.typed).toBe('after');
  });
});

/** A device that does what the test says, and notes what it is asked for. */
class ToldDevice implements Journal {
  readonly calls: string[] = [];
  answer: () => Promise<void> = () => Promise.resolve();

  put(written: JournalEntry): Promise<void> {
    this.calls.push(`put ${written.typed}`);
    return this.answer();
  }

  remove(): Promise<void> {
    this.calls.push('remove');
    return this.answer();
  }

  get(): Promise<null> {
    return Promise.resolve(null);
  }

  of(): Promise<JournalEntry[]> {
    return Promise.resolve([]);
  }
}

describe('what a tab keeps', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('is written within 200 ms, many changes at once', async () => {
    const device = new ToldDevice();
    const tab = new TabJournal(device, KEY);
    for (const text of ['a', 'ab', 'abc']) tab.note(typed(text));
    expect(device.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(device.calls).toEqual(['put abc']);
    tab.note(null);
    await vi.advanceTimersByTimeAsync(200);
    expect(device.calls).toEqual(['put abc', 'remove']);
  });

  it('costs nothing when it is saved before it is written', async () => {
    const device = new ToldDevice();
    const tab = new TabJournal(device, KEY);
    tab.note(typed('quick'));
    tab.note(null);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(device.calls).toEqual([]);
  });

  it('is written at once when it has to be, and waited for', async () => {
    const device = new ToldDevice();
    let done = (): void => undefined;
    device.answer = () => new Promise((resolve) => (done = resolve));
    const tab = new TabJournal(device, KEY);
    tab.note(typed('now'));
    const written = vi.fn();
    void tab.write().then(written);
    void tab.write().then(written);
    await vi.advanceTimersByTimeAsync(500);
    expect(device.calls).toEqual(['put now']);
    expect(written).not.toHaveBeenCalled();
    done();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(written).toHaveBeenCalledTimes(2);
    expect(tab.works).toBe(true);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('no room'))],
    ['never answers', () => new Promise<void>(() => undefined)],
  ])('holds nobody up when the device %s, and says so once', async (_how, answer) => {
    const device = new ToldDevice();
    device.answer = answer;
    const changed = vi.fn();
    const tab = new TabJournal(device, KEY, changed);
    for (const text of ['a', 'b']) {
      tab.note(typed(text));
      const written = tab.write();
      await vi.advanceTimersByTimeAsync(1_000);
      await written;
    }
    expect(tab.works).toBe(false);
    expect(changed).toHaveBeenCalledTimes(1);
    device.answer = () => Promise.resolve();
    tab.note(typed('c'));
    await vi.advanceTimersByTimeAsync(200);
    expect(tab.works).toBe(true);
  });
});

describe('tabs without locks', () => {
  it('ask each other, so that a client lives in one of them alone', async () => {
    const one = new AskedTabs();
    const two = new AskedTabs();
    const release = await one.claim('c');
    expect(release).not.toBeNull();
    expect(await two.claim('c')).toBeNull();
    expect(await one.claim('c')).toBeNull();
    expect(await two.claim('d')).not.toBeNull();
    release?.();
    expect(await two.claim('c')).not.toBeNull();
  });
});

/** Locks as a browser has them: who waits gets one when it is let go, until it is told to give up. */
class Locks {
  private readonly held = new Map<string, Promise<unknown>>();

  async request(name: string, { signal }: { signal: AbortSignal }, work: () => Promise<unknown>): Promise<void> {
    const aborted = new Promise<'aborted'>((resolve) => signal.addEventListener('abort', () => resolve('aborted')));
    while (this.held.has(name)) {
      if ((await Promise.race([this.held.get(name), aborted])) === 'aborted') throw new Error('aborted');
    }
    const working = work();
    this.held.set(name, working);
    await working;
    this.held.delete(name);
  }
}

describe('tabs with locks', () => {
  it('wait for a tab that is just being left, not for one that lives', async () => {
    const tabs = new LockedTabs(new Locks() as unknown as LockManager);
    const release = await tabs.claim('c');
    const waiting = tabs.claim('c');
    release?.();
    expect(await waiting).not.toBeNull();
    expect(await tabs.claim('c')).toBeNull();
    expect(await tabs.claim('d')).not.toBeNull();
  });
});
