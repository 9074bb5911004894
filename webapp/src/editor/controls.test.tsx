// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { MantineProvider } from '@mantine/core';
import { RichTextEditor } from '@mantine/tiptap';
import { afterEach, describe, expect, it } from 'vitest';
import { closeEditors, EditorClient } from '../testing/editor';
import { linesOf, page, table, tables, type Lines } from '../testing/page';
import { ModelServer } from '../testing/server';
import { Toolbar } from './Toolbar';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let root: Root | null = null;

afterEach(() => {
  act(() => root?.unmount());
  closeEditors();
});

async function open(...content: Lines): Promise<EditorClient> {
  const client = await EditorClient.open(new ModelServer(page(...content)));
  const place = document.body.appendChild(document.createElement('div'));
  const created = createRoot(place);
  root = created;
  act(() =>
    created.render(
      <MantineProvider env="test">
        <RichTextEditor editor={client.editor}>
          <Toolbar editor={client.editor} />
        </RichTextEditor>
      </MantineProvider>,
    ),
  );
  return client;
}

function control(label: string): HTMLButtonElement | null {
  return document.querySelector(`[role=toolbar] button[aria-label="${label}"]`);
}

async function press(button: HTMLElement | null | undefined): Promise<void> {
  if (button == null) throw new Error('no such control');
  await act(async () => button.click());
}

function entries(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[role=menuitem], [role=menuitemradio]')];
}

async function choose(menu: string, entry: string): Promise<void> {
  await press(control(menu));
  await press(entries().find(({ textContent }) => textContent.startsWith(entry)));
}

describe('the toolbar', () => {
  it('puts a table into the page, and then has what its rows and columns can do', async () => {
    const client = await open([''], ['end']);
    expect(control('Rows and columns')).toBeNull();
    await press(control('Insert table'));
    expect(tables(client)).toEqual([[['', '', ''], ['', '', ''], ['', '', '']]]);
    expect(control('Insert table')?.disabled).toBe(true);
    await choose('Rows and columns', 'Row below');
    await choose('Rows and columns', 'Delete column');
    expect(tables(client)[0]?.map((row) => row.length)).toEqual([2, 2, 2, 2]);
    await choose('Rows and columns', 'Delete table');
    expect(linesOf(client)).toEqual([[''], ['end']]);
  });

  it.each([
    ['Row above', [['', ''], ['a', 'b']]],
    ['Row below', [['a', 'b'], ['', '']]],
    ['Column to the left', [['', 'a', 'b']]],
    ['Column to the right', [['a', '', 'b']]],
    ['Delete column', [['b']]],
  ])('has for a table: %s', async (entry, cells) => {
    const client = await open(...table(['a', 'b']), ['end']);
    act(() => void client.select(0));
    await choose('Rows and columns', entry);
    expect(tables(client)).toEqual([cells]);
  });

  it('aligns lines and shows how they are', async () => {
    const client = await open(['a']);
    await choose('Alignment', 'Right');
    expect(linesOf(client)).toEqual([['a', { align: 'right' }]]);
    expect(control('Alignment')?.getAttribute('aria-pressed')).toBe('true');
    await choose('Alignment', 'Left');
    expect(linesOf(client)).toEqual([['a']]);
  });

  it('makes callouts and takes them away', async () => {
    const client = await open(['a']);
    await choose('Callout', 'Warning');
    expect(linesOf(client)).toEqual([['a', { callout: 'warning' }]]);
    await press(control('Callout'));
    expect(entries().filter((entry) => entry.getAttribute('aria-checked') === 'true').map(({ textContent }) => textContent)).toEqual(['Warning']);
    await press(entries().find(({ textContent }) => textContent === 'No callout'));
    expect(linesOf(client)).toEqual([['a']]);
  });

  it('names every control', async () => {
    await open(...table(['a']));
    const names = [...document.querySelectorAll('[role=toolbar] button')].map((button) => button.getAttribute('aria-label') ?? '');
    expect(names).not.toContain('');
    expect(new Set(names).size).toBe(names.length);
  });
});
