// @vitest-environment happy-dom
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeviceJournal, type JournalEntry, type Tabs } from '../journal';
import { asMarkdown, offerKeptText } from './kept-text';

const KEY = { page: 'p', user: 'u', client: 'c' };

/** For a busy machine; by itself it is a second. */
const PATIENCE = { timeout: 20_000, interval: 5 };

function entry(typed: string, more: Partial<JournalEntry> = {}): JournalEntry {
  const change = { rev: 1, length: 1, acked: 0, flying: null, next: [{ insert: typed }] };
  return { ...KEY, change, typed, refused: '', at: 1, inForm: false, ...more };
}

/** A browser with one person's entries; its tab goes from page to page. */
class Person {
  readonly journal = new DeviceJournal();
  readonly held = new Set<string>();
  submitted = 0;
  private readonly tabs: Tabs = {
    claim: (client) => {
      if (this.held.has(client)) return Promise.resolve(null);
      this.held.add(client);
      return Promise.resolve(() => void this.held.delete(client));
    },
  };

  async form({ returned = false, user = 'u', text = '', alive = '' } = {}): Promise<void> {
    this.held.clear();
    this.held.add(alive);
    document.body.innerHTML = `<main><form data-page="p" data-user="${user}" data-returned="${returned}"><textarea></textarea><button>Save</button></form></main>`;
    this.area.value = text;
    await offerKeptText(this.journal, () => this.tabs);
    // The last listener sees what the others let go off.
    document.querySelector('form')?.addEventListener('submit', (event) => {
      if (!event.defaultPrevented) this.submitted += 1;
      event.preventDefault();
    });
  }

  /** The view of the page, to which a save leads. */
  async view(referrer = 'https://wiki.example/pages/p/edit'): Promise<void> {
    this.held.clear();
    document.body.innerHTML = '<main><article data-page="p"></article></main>';
    vi.spyOn(document, 'referrer', 'get').mockReturnValue(referrer);
    await offerKeptText(this.journal, () => this.tabs);
  }

  get area(): HTMLTextAreaElement {
    return document.querySelector('textarea') as HTMLTextAreaElement;
  }

  get offered(): string[] {
    return [...document.querySelectorAll('.kept-text')].map(({ textContent }) => textContent);
  }

  press(words: string): void {
    const found = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === words);
    if (found === undefined) throw new Error(`no button ${words}`);
    found.click();
  }

  /** Sends the form off, and waits until it is gone. */
  async save(): Promise<void> {
    const before = this.submitted;
    document.querySelector('form')?.requestSubmit();
    await vi.waitFor(() => expect(this.submitted).toBe(before + 1), PATIENCE);
  }
}

let person: Person;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  sessionStorage.clear();
  person = new Person();
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('text that the editor had not saved', () => {
  it('is offered in the form of its page to its author, and nowhere else', async () => {
    await person.journal.put(entry('mine'));
    await person.journal.put(entry('elsewhere', { page: 'q' }));
    await person.form();
    expect(person.offered).toEqual(['mine']);
    await person.form({ user: 'v' });
    expect(person.offered).toEqual([]);
  });

  it('is left to a tab that lives', async () => {
    await person.journal.put(entry('mine'));
    await person.form({ alive: 'c' });
    expect(person.offered).toEqual([]);
  });

  it('goes into the form, and off the device once it is saved', async () => {
    await person.journal.put(entry('mine'));
    await person.form({ text: 'the page\n' });
    person.press('Insert into the form');
    expect(person.area.value).toBe('the page\n\nmine');
    expect(await person.journal.get(KEY), 'until it is saved it is on the device').toMatchObject({ inForm: false });
    await person.save();
    expect(await person.journal.get(KEY), 'no editor enters it by itself').toMatchObject({ inForm: true });
    await person.view();
    expect(await person.journal.get(KEY)).toBeNull();
  });

  it('stays on the device when the form comes back, and goes when it is saved then', async () => {
    await person.journal.put(entry('mine'));
    await person.form();
    person.press('Insert into the form');
    await person.save();
    await person.form({ returned: true, text: 'mine' });
    expect(person.offered, 'it stands in the form').toEqual([]);
    await person.save();
    await person.view();
    expect(await person.journal.get(KEY)).toBeNull();
  });

  it('is offered again, with a warning, when nobody knows how the save ended', async () => {
    await person.journal.put(entry('mine'));
    await person.form();
    person.press('Insert into the form');
    await person.save();
    await person.form();
    expect(person.offered).toEqual(['mine']);
    expect(document.body.textContent).toContain('look first whether it is in the page');
    await person.view();
    expect(await person.journal.get(KEY), 'a form that was left is not one that was saved').not.toBeNull();
  });

  it('is not forgotten by a page that is opened in another way', async () => {
    await person.journal.put(entry('mine'));
    await person.form();
    person.press('Insert into the form');
    await person.save();
    await person.view('https://wiki.example/pages/q');
    expect(await person.journal.get(KEY)).not.toBeNull();
  });

  it('is not touched by a form that is sent off without it', async () => {
    await person.journal.put(entry('mine'));
    await person.form();
    await person.save();
    await person.view();
    expect(await person.journal.get(KEY)).toEqual(entry('mine'));
  });

  it('is discarded at the second press', async () => {
    await person.journal.put(entry('mine'));
    await person.form();
    person.press('Discard');
    expect(person.offered).toEqual(['mine']);
    person.press('Discard it for good');
    await vi.waitFor(() => expect(person.offered).toEqual([]), PATIENCE);
    expect(await person.journal.get(KEY)).toBeNull();
  });
});

describe('kept text as Markdown', () => {
  it.each([
    ['plain words', 'plain words'],
    ['one\ntwo\n', 'one\n\ntwo'],
    ['*no* _emphasis_ `code` [x](y) <b> ~~s~~', '\\*no\\* \\_emphasis\\_ \\`code\\` \\[x\\](y) \\<b\\> \\~\\~s\\~\\~'],
    ['# no heading', '\\# no heading'],
    ['- no list\n1. nor this\n12) nor that', '\\- no list\n\n1\\. nor this\n\n12\\) nor that'],
    ['a # b - c 1. d', 'a # b - c 1. d'],
    ['above\n---\nbelow', 'above\n\n---\n\nbelow'],
  ])('%j is %j', (text, markdown) => {
    expect(asMarkdown(text)).toBe(markdown);
  });
});
