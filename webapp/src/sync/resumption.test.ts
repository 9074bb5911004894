import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import Delta from 'quill-delta';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DeviceJournal, TabJournal, type JournalEntry, type Tabs } from '../journal';
import { ModelConnection } from '../testing/connection';
import { ModelServer } from '../testing/server';
import type { SessionEvent } from './events';
import { Offers } from './offers';
import { PageSession } from './PageSession';
import { Resumption } from './resumption';

/** For a busy machine; by itself it is a second. */
const PATIENCE = { timeout: 20_000, interval: 5 };

/** A session without an editor on a model connection. */
class Connected extends ModelConnection {
  readonly session: PageSession;
  private report: (event: SessionEvent) => void = () => undefined;

  constructor(server: ModelServer, make: (performer: (report: (event: SessionEvent) => void) => Connected) => PageSession) {
    super(server);
    this.session = make((report) => {
      this.report = report;
      return this;
    });
  }

  override event(event: SessionEvent): void {
    this.report(event);
  }
}

/** A browser with tabs on one page, for one person. */
class Browser {
  readonly journal = new DeviceJournal();
  readonly offers = new Offers(this.journal);
  readonly alive = new Set<string>();
  readonly connections: Connected[] = [];
  /** Whether the wiki answers when it is asked for a document. */
  answers = true;
  /** Whether frames get through. */
  connects = true;
  private readonly tabs: Tabs = {
    claim: (client) => {
      if (this.alive.has(client)) return Promise.resolve(null);
      this.alive.add(client);
      return Promise.resolve(() => void this.alive.delete(client));
    },
  };
  private readonly resumption: Resumption;

  constructor(readonly server: ModelServer, patience = 5_000) {
    const documentAt = async (rev: number): Promise<Delta | null> => {
      if (!this.answers) throw new Error('away');
      return rev < this.server.compacted ? null : this.server.documentAt(rev, new Delta().insert('\n'));
    };
    this.resumption = new Resumption(
      { page: 'p', user: 'u', client: 'own' },
      { journal: this.journal, tabs: this.tabs, documentAt, open: (client, resumed, journal) => this.open(client, { resumed }, journal) },
      this.offers,
      patience,
    );
  }

  private open(client: string, more: object, journal: (changed: () => void) => TabJournal): PageSession {
    const options = { client, random: () => 0.5, ...more };
    const opened = new Connected(this.server, (performer) => new PageSession(options, performer, undefined, journal));
    this.connections.push(opened);
    return opened.session;
  }

  /** A tab in which somebody types, and which then ends before anything of it was saved. */
  async endedTab(client: string, text: string, sent: 'unsent' | 'sent' | 'arrived'): Promise<void> {
    const session = this.open(client, {}, (changed) => new TabJournal(this.journal, { page: 'p', user: 'u', client }, changed));
    session.start();
    const connection = this.connections.at(-1) as Connected;
    connection.settle();
    if (sent === 'unsent') connection.cut();
    session.edit(new Delta().insert(text));
    await session.keep();
    await vi.waitFor(() => expect(connection.socket?.toServer.length ?? 1).toBeGreaterThan(0), PATIENCE);
    if (sent === 'arrived') connection.socket?.deliverUp();
    connection.socket?.cut();
    this.connections.splice(this.connections.indexOf(connection), 1);
  }

  /** The page is opened, and what waits is exchanged until nothing is under way. */
  async bringIn(): Promise<void> {
    let done = false;
    const over = this.resumption.run().then(() => (done = true));
    await vi.waitFor(() => {
      for (const connection of this.connections) if (this.connects) connection.settle();
      expect(done).toBe(true);
    }, PATIENCE);
    await over;
  }

  async entries(): Promise<JournalEntry[]> {
    return this.journal.of('p', 'u');
  }

  get text(): string {
    return this.server.document().map((op) => String(op.insert)).join('');
  }

  get offered(): string[] {
    return this.offers.getSnapshot().map(({ text }) => text);
  }
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('what a tab that ended had not saved', () => {
  it.each(['unsent', 'sent', 'arrived'] as const)('is brought in once when it was %s', async (sent) => {
    const browser = new Browser(new ModelServer());
    await browser.endedTab('a', 'mine ', sent);
    browser.server.save(new Delta().insert('theirs '));
    await browser.bringIn();
    await browser.bringIn();
    expect(browser.text.match(/mine /g)).toHaveLength(1);
    expect(browser.server.log.filter(({ client }) => client === 'a').map(({ seq }) => seq)).toEqual([1]);
    expect(await browser.entries()).toEqual([]);
    expect(browser.offered).toEqual([]);
    expect([...browser.alive]).toEqual([]);
  });

  it('of several tabs is all brought in', async () => {
    const browser = new Browser(new ModelServer());
    await browser.endedTab('a', 'one ', 'unsent');
    await browser.endedTab('b', 'two ', 'arrived');
    await browser.bringIn();
    expect([...browser.text.matchAll(/one |two /g)]).toHaveLength(2);
    expect(await browser.entries()).toEqual([]);
  });

  it('is left to a tab that lives', async () => {
    const browser = new Browser(new ModelServer());
    await browser.endedTab('a', 'mine ', 'unsent');
    browser.alive.add('a');
    await browser.bringIn();
    expect(browser.text).toBe('\n');
    expect(await browser.entries()).toHaveLength(1);
  });

  it('waits for the next time when the wiki does not answer', async () => {
    const browser = new Browser(new ModelServer());
    await browser.endedTab('a', 'mine ', 'unsent');
    browser.answers = false;
    await browser.bringIn();
    expect(await browser.entries()).toHaveLength(1);
    expect([...browser.alive]).toEqual([]);
    browser.answers = true;
    await browser.bringIn();
    expect(browser.text).toBe('mine \n');
  });

  it('waits for the next time when the server does not', async () => {
    const browser = new Browser(new ModelServer(), 500);
    await browser.endedTab('a', 'mine ', 'unsent');
    browser.connects = false;
    await browser.bringIn();
    expect(await browser.entries()).toMatchObject([{ typed: 'mine ' }]);
    expect([...browser.alive]).toEqual([]);
    browser.connects = true;
    await browser.bringIn();
    expect(browser.text).toBe('mine \n');
  });

  it('is offered when its revision is not to be had any more', async () => {
    const server = new ModelServer();
    server.save(new Delta().insert('first '));
    const browser = new Browser(server);
    await browser.endedTab('a', 'mine ', 'unsent');
    server.save(new Delta().insert('second '));
    server.compacted = 2;
    await browser.bringIn();
    await browser.bringIn();
    expect(browser.offered).toEqual(['mine ']);
    expect(browser.text).toBe('second first \n');
    await browser.offers.settle('a');
    expect(await browser.entries()).toEqual([]);
    expect([...browser.alive]).toEqual([]);
  });

  it('is offered when the page is another one at that revision', async () => {
    const server = new ModelServer();
    server.save(new Delta().insert('before the backup was restored '));
    const browser = new Browser(server);
    await browser.endedTab('a', 'mine ', 'unsent');
    server.restore(0);
    server.save(new Delta().insert('after it '));
    await browser.bringIn();
    expect(browser.offered).toEqual(['mine ']);
  });

  it('is offered when its author may no longer edit, and stays so', async () => {
    const browser = new Browser(new ModelServer());
    await browser.endedTab('a', 'mine ', 'sent');
    browser.server.access = 'view';
    await browser.bringIn();
    expect(browser.offered).toEqual(['mine ']);
    expect(await browser.entries()).toMatchObject([{ change: null, refused: 'mine ' }]);
  });

  it('is offered, not sent, when it went the way of the form', async () => {
    const browser = new Browser(new ModelServer());
    await browser.endedTab('a', 'mine ', 'unsent');
    const [entry] = (await browser.entries()) as [JournalEntry];
    await browser.journal.put({ ...entry, inForm: true });
    await browser.bringIn();
    expect(browser.offers.getSnapshot()).toEqual([{ client: 'a', text: 'mine ', inForm: true }]);
    expect(browser.text).toBe('\n');
  });
});
