// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { MantineProvider } from '@mantine/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Journal, JournalEntry } from '../journal';
import { Offers } from '../sync';
import { closeEditors, EditorClient } from '../testing/editor';
import { linesOf, page } from '../testing/page';
import { ModelServer } from '../testing/server';
import { KeptText } from './KeptText';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const ENTRY: JournalEntry = { page: 'p', user: 'u', client: 'c', change: null, typed: 'one\n# two', refused: '', at: 1, inForm: false };

let root: Root | null = null;

afterEach(() => {
  act(() => root?.unmount());
  closeEditors();
});

async function offer(canEdit = true): Promise<{ client: EditorClient; remove: ReturnType<typeof vi.fn>; release: ReturnType<typeof vi.fn> }> {
  const client = await EditorClient.open(new ModelServer(page(['text'])));
  const remove = vi.fn(() => Promise.resolve());
  const release = vi.fn();
  const offers = new Offers({ remove } as unknown as Journal);
  offers.add(ENTRY, release);
  const created = createRoot(document.body.appendChild(document.createElement('div')));
  root = created;
  act(() =>
    created.render(
      <MantineProvider env="test">
        <KeptText offers={offers} session={client.session} editor={canEdit ? client.editor : null} />
      </MantineProvider>,
    ),
  );
  return { client, remove, release };
}

function buttons(): HTMLButtonElement[] {
  return [...document.querySelectorAll<HTMLButtonElement>('.editor-notice button')];
}

async function press(words: string): Promise<void> {
  const found = buttons().find(({ textContent }) => textContent === words);
  if (found === undefined) throw new Error(`no button ${words}`);
  await act(async () => found.click());
}

describe('text of an earlier tab', () => {
  it('goes to the end of the page as its author typed it, and off the device', async () => {
    const { client, remove, release } = await offer();
    await press('Insert at the end');
    expect(linesOf(client)).toEqual([['text'], ['one'], ['# two']]);
    expect(remove).toHaveBeenCalledWith(ENTRY);
    expect(release).toHaveBeenCalled();
    expect(buttons()).toEqual([]);
    client.press('Mod-z');
    expect(linesOf(client)).toEqual([['text']]);
  });

  it('is discarded at the second press', async () => {
    const { client, remove } = await offer();
    await press('Discard');
    expect(remove).not.toHaveBeenCalled();
    await press('Discard it for good');
    expect(remove).toHaveBeenCalledWith(ENTRY);
    expect(linesOf(client)).toEqual([['text']]);
  });

  it('can be copied and discarded by who may not edit', async () => {
    await offer(false);
    expect(buttons().map(({ textContent }) => textContent)).toEqual(['Copy the text', 'Discard']);
  });
});
