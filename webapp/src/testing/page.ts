import Delta, { type AttributeMap } from 'quill-delta';
import { expect } from 'vitest';
import { lines } from '../document';
import { EditorClient } from './editor';
import { ModelServer } from './server';

/** A document of lines, each a text and its line attributes. */
export type Lines = readonly (readonly [text: string, attributes?: AttributeMap])[];

/** The document of these lines. */
export function page(...content: Lines): Delta {
  const document = new Delta();
  for (const [text, attributes = {}] of content) document.insert(text).insert('\n', attributes);
  return document;
}

/** The lines that an editor shows. */
export function linesOf({ shown }: EditorClient): Lines {
  return lines(shown).map(({ pieces, attributes }) => {
    const text = pieces.map(({ insert }) => (typeof insert === 'string' ? insert : '---')).join('');
    return Object.keys(attributes).length === 0 ? [text] : [text, attributes];
  });
}

/** What a page is after someone did something at a place of it; the server has the same. */
export async function after(
  content: Lines,
  at: number | readonly [number, number],
  act: (client: EditorClient) => void,
): Promise<Lines> {
  const server = new ModelServer(page(...content));
  const client = await EditorClient.open(server);
  if (typeof at === 'number') client.select(at);
  else client.select(...at);
  act(client);
  client.settle();
  client.check();
  expect(server.document().ops).toEqual(client.shown.ops);
  return linesOf(client);
}

/** Presses these keys. */
export function keys(...pressed: string[]): (client: EditorClient) => void {
  return (client) => void client.press(...pressed);
}

/** The lines of a table, row by row: each cell a text, null a gap. Rows are `r1`, `r2`, ..., columns `a`, `b`, .... */
export function table(...rows: readonly (readonly (string | null)[])[]): Lines {
  return rows.flatMap((row, i) =>
    row.flatMap((text, j) => (text === null ? [] : [[text, inCell(`r${i + 1}`, 'abcdef'[j] ?? '')] as const])),
  );
}

/** The attributes of a line in a cell. */
export function inCell(row: string, column: string, more: AttributeMap = {}): AttributeMap {
  return { ...more, cell: { table: 't', row, column } };
}

/** The tables that an editor shows, each row by row: the text of a cell, its lines parted by `|`; null for a gap. */
export function tables({ editor }: EditorClient): (string | null)[][][] {
  return editor.state.doc.children
    .filter(({ type }) => type.name === 'table')
    .map((node) =>
      node.children.map((row) =>
        row.children.map((cell) => (cell.type.name === 'tableGap' ? null : cell.textBetween(0, cell.content.size, '|'))),
      ),
    );
}
