import Delta, { type Op } from 'quill-delta';
import { browserTabs, DeviceJournal, TabJournal, type EntryKey } from '../journal';
import { Driver, type Surroundings } from './driver';
import { Offers } from './offers';
import { PageSession } from './PageSession';
import { Resumption } from './resumption';

/** Which page, for whom, and where its session runs: the browser's own unless told otherwise. */
export type OpenOptions = {
  readonly page: string;
  /** The id of who is signed in: what is kept on the device is theirs. An empty text: nothing is kept. */
  readonly user: string;
} & Partial<Surroundings>;

/** An open page: its session, and the text of earlier tabs that it offers. */
export interface OpenedPage {
  readonly session: PageSession;
  readonly offers: Offers;
}

/**
 * Opens a page in the browser: connects at once, keeps on the device what is not saved, brings in what earlier
 * tabs left there, and warns before a tab closes with unsaved text.
 */
export function openPage({ page, user, ...given }: OpenOptions): OpenedPage {
  const around: Surroundings = {
    origin: window.location.origin,
    fetch: window.fetch.bind(window),
    WebSocket: window.WebSocket,
    csrf: () => cookie('csrf'),
    frontEnd: '',
    reload: () => window.location.reload(),
    ...given,
  };
  const journal = new DeviceJournal();
  const tabs = browserTabs();
  const own: EntryKey = { page, user, client: newClient() };
  void tabs.claim(own.client);
  const session = new PageSession(
    { client: own.client, random: Math.random },
    (report) => new Driver(page, around, report),
    undefined,
    user === '' ? null : (changed) => new TabJournal(journal, own, changed),
  );
  const offers = new Offers(journal);
  const resumption = new Resumption(
    own,
    {
      journal,
      tabs,
      documentAt: (rev) => documentAt(around, page, rev),
      open: (client, resumed, kept) =>
        new PageSession({ client, random: Math.random, resumed }, (report) => new Driver(page, around, report), undefined, kept),
    },
    offers,
  );
  if (user !== '') whenLive(session, () => void resumption.run());
  watchWindow(session);
  session.start();
  return { session, offers };
}

/** Calls back whenever the page is connected. */
function whenLive(session: PageSession, then: () => void): void {
  let before = session.getSnapshot().phase;
  session.subscribe(() => {
    const { phase } = session.getSnapshot();
    if (phase === 'live' && before !== 'live') then();
    before = phase;
  });
}

function watchWindow(session: PageSession): void {
  window.addEventListener('online', () => session.network(true));
  window.addEventListener('offline', () => session.network(false));
  window.addEventListener('pagehide', () => void session.keep());
  document.addEventListener('visibilitychange', () => void session.keep());
  window.addEventListener('beforeunload', (event) => {
    if (!session.isLeaving && session.getSnapshot().saveState !== 'saved') event.preventDefault();
  });
}

async function documentAt({ fetch, origin }: Surroundings, page: string, rev: number): Promise<Delta | null> {
  const address = `${origin}/api/pages/${encodeURIComponent(page)}/versions/${rev}`;
  const answer = await fetch(address, { credentials: 'same-origin', headers: { Accept: 'application/json' } });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`no version ${rev}: ${answer.status}`);
  const { ops } = (await answer.json()) as { readonly ops: Op[] };
  return new Delta(ops);
}

function cookie(name: string): string {
  const start = `${name}=`;
  const found = document.cookie.split('; ').find((part) => part.startsWith(start));
  return found === undefined ? '' : decodeURIComponent(found.slice(start.length));
}

/** A random UUID; `crypto.randomUUID` would need a secure context. */
function newClient(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
