// @vitest-environment happy-dom
import Delta from 'quill-delta';
import { afterEach, describe, expect, it } from 'vitest';
import { settleAll } from '../testing/connection';
import { closeEditors, EditorClient } from '../testing/editor';
import { after, inCell, keys, linesOf as shownLines, page, table, tables, type Lines } from '../testing/page';
import { ModelServer } from '../testing/server';
import { gridAt } from './grid';
import { lines } from './lines';
import { linesOf } from './linesOf';
import { documentSchema } from './schema';
import { addColumn, addRow, deleteColumns, deleteRows, fillGap, type TableCommand } from './table-commands';
import { tree } from './tree';

/*
 * What two, and three, people do to one table at the same time, whoever is first: all of it, no sample.
 */

afterEach(closeEditors);

const schema = documentSchema();

/** A table of rows r0, r1, ... and columns c0, c1, ..., each cell with its own two ids as text. */
function tableOf(rows: number, columns: number): Delta {
  const row = (i: number): Lines =>
    Array.from({ length: columns }, (_, j) => [`r${i} c${j}`, { cell: { table: 't', row: `r${i}`, column: `c${j}` } }] as const);
  return page(['before'], ...Array.from({ length: rows }, (_, i) => row(i)).flat(), ['after']);
}

/** The table of a page: its ids in order, and each text by the ids of where it is shown. */
interface Shown {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly texts: ReadonlyMap<string, string>;
}

function shown(document: Delta): Shown {
  const doc = tree(lines(document), schema);
  doc.check();
  expect(linesOf(doc).ops).toEqual(document.ops);
  const tables = doc.children.filter(({ type }) => type.name === 'table');
  expect(tables).toHaveLength(1);
  const grid = gridAt(doc, doc.children.findIndex(({ type }) => type.name === 'table'));
  const texts = new Map<string, string>();
  tables[0]?.forEach((row) =>
    row.forEach((cell) => {
      if (cell.type.name === 'tableCell') texts.set(`${row.attrs['row']} ${cell.attrs['column']}`, cell.textContent);
    }),
  );
  return { rows: grid.rows.map(({ id }) => id), columns: grid.columns, texts };
}

interface Act {
  readonly name: string;
  readonly change: Delta;
  /** What its author sees of it. */
  readonly seen: Shown;
}

/** All that one person may do; what is new is called `by`, and each new cell says where it belongs. */
function acts(document: Delta, by: string): Act[] {
  const doc = tree(lines(document), schema);
  const grid = gridAt(doc, 1);
  const result: Act[] = [];
  const act = (name: string, command: TableCommand, top: number, left: number): void => {
    const change = command(doc, { grid, top, left, bottom: top, right: left }, () => by);
    if (change !== null) result.push({ name: `${by} ${name} ${top} ${left}`, change: spelt(change), seen: shown(document.compose(spelt(change))) });
  };
  grid.rows.forEach((_row, i) => {
    act('addRow above', addRow('above'), i, 0);
    act('addRow below', addRow('below'), i, 0);
    if (grid.rows.length > 1) act('deleteRows', deleteRows, i, 0);
    grid.columns.forEach((_column, j) => act('fillGap', fillGap, i, j));
  });
  grid.columns.forEach((_column, j) => {
    act('addColumn left', addColumn('left'), 0, j);
    act('addColumn right', addColumn('right'), 0, j);
    if (grid.columns.length > 1) act('deleteColumns', deleteColumns, 0, j);
  });
  return result;
}

/** Writes into each new line which cell it is. */
function spelt(change: Delta): Delta {
  const result = new Delta();
  for (const op of change.ops) {
    const cell = op.attributes?.['cell'] as { row: string; column: string } | undefined;
    if (typeof op.insert === 'string' && cell !== undefined) {
      for (const _ of op.insert) result.insert(`${cell.row} ${cell.column}`).insert('\n', op.attributes);
    } else {
      result.push(op);
    }
  }
  return result;
}

/** The document after changes that were all made on it, committed in this order. */
function committed(document: Delta, changes: readonly Delta[]): Delta {
  let done = new Delta();
  for (const change of changes) done = done.compose(done.transform(change, true));
  return document.compose(done);
}

/** The ids of the cells that the lines name, once each. */
function named(document: Delta): string[] {
  const cells = lines(document).flatMap(({ attributes }) => (attributes['cell'] === undefined ? [] : [attributes['cell'] as Record<string, string>]));
  return [...new Set(cells.map(({ row, column }) => `${row} ${column}`))];
}

/** Asserts one table with each row, column and text once, where its ids say. */
function expectWhole(document: Delta): Shown {
  const now = shown(document);
  const cells = named(document);
  expect([...now.texts.keys()].sort()).toEqual([...cells].sort());
  for (const [ids, text] of now.texts) expect(text).toMatch(new RegExp(`^(${ids})*$`));
  expect([...now.rows].sort()).toEqual([...new Set(cells.map((ids) => ids.split(' ')[0]))].sort());
  expect([...now.columns].sort()).toEqual([...new Set(cells.map((ids) => ids.split(' ')[1]))].sort());
  return now;
}

/** Asserts that what nobody deleted stands in the order in which each saw it. */
function expectOrder(now: Shown, all: readonly Shown[], before: Shown): void {
  for (const part of ['rows', 'columns'] as const) {
    const left = now[part].filter((id) => !before[part].includes(id) || all.every((seen) => seen[part].includes(id)));
    for (const seen of all) {
      expect(left.filter((id) => seen[part].includes(id))).toEqual(seen[part].filter((id) => left.includes(id)));
    }
  }
}

/** Asserts all that holds of acts that were committed in this order; gives the document after them. */
function expectAll(document: Delta, acts: readonly Act[]): Delta {
  const result = committed(document, acts.map(({ change }) => change));
  try {
    // Who deletes one of the last two rows leaves it to the other to delete the table.
    if (named(result).length > 0) expectOrder(expectWhole(result), acts.map(({ seen }) => seen), shown(document));
    else expect(acts.filter(({ name }) => name.includes('delete')).length).toBeGreaterThan(1);
  } catch (failure) {
    throw new Error(acts.map(({ name }) => name).join(', '), { cause: failure });
  }
  return result;
}

describe('a table in which people do something at once is one table with all that they did', () => {
  it.each([[1, 1], [1, 2], [2, 1], [2, 2], [3, 3]])('two of them, at %i rows and %i columns', (rows, columns) => {
    const document = tableOf(rows, columns);
    for (const a of acts(document, 'A')) {
      for (const b of acts(document, 'B')) {
        expectAll(document, [a, b]);
        expectAll(document, [b, a]);
      }
    }
  }, 60_000);

  it.each([[1, 1], [1, 2], [2, 2]])('three of them, at %i rows and %i columns', (rows, columns) => {
    const document = tableOf(rows, columns);
    const [of, by, and] = ['A', 'B', 'C'].map((name) => acts(document, name)) as [Act[], Act[], Act[]];
    for (const a of of) for (const b of by) for (const c of and) expectAll(document, [a, b, c]);
  }, 60_000);

  it('and what is done to it afterwards is done where it was meant', () => {
    const document = tableOf(2, 2);
    for (const a of acts(document, 'A')) {
      for (const b of acts(document, 'B')) {
        const now = expectAll(document, [a, b]);
        if (named(now).length === 0) continue;
        const before = shown(now);
        for (const { name, seen } of acts(now, 'C')) {
          const [, what, top, left] = /^C (.*) (\d+) (\d+)$/.exec(name) ?? [];
          const meant = { rows: [...before.rows], columns: [...before.columns] };
          if (what === 'addRow above') meant.rows.splice(Number(top), 0, 'C');
          if (what === 'addRow below') meant.rows.splice(Number(top) + 1, 0, 'C');
          if (what === 'addColumn left') meant.columns.splice(Number(left), 0, 'C');
          if (what === 'addColumn right') meant.columns.splice(Number(left) + 1, 0, 'C');
          if (what === 'deleteRows') meant.rows.splice(Number(top), 1);
          if (what === 'deleteColumns') meant.columns.splice(Number(left), 1);
          // With a row goes a column that no other has.
          const still = (part: 'rows' | 'columns'): string[] =>
            meant[part].filter((id) => !what?.startsWith('delete') || seen[part].includes(id));
          expect({ rows: seen.rows, columns: seen.columns }, `${a.name}, ${b.name}, then ${name}`).toEqual({
            rows: still('rows'), columns: still('columns'),
          });
        }
      }
    }
  }, 60_000);
});

describe('an editor of a table whose lines stand in another order than its rows', () => {
  const LINES: Lines = [
    ['A', inCell('r1', 'a')], ['B', inCell('r1', 'b')], ['x', inCell('f', 'a')], ['y', inCell('f', 'b')],
    ['N', inCell('r1', 'n')], ['1', inCell('r2', 'a')], ['2', inCell('r2', 'b')], ['3', inCell('r2', 'n')], ['end'],
  ];
  const open = async (): Promise<EditorClient[]> => {
    const server = new ModelServer(page(...LINES));
    return [await EditorClient.open(server, 'a'), await EditorClient.open(server, 'b')];
  };
  const settled = (clients: EditorClient[]): unknown => {
    settleAll(clients);
    clients.forEach((client) => client.check());
    const [a, b] = clients as [EditorClient, EditorClient];
    expect(shownLines(a)).toEqual(shownLines(b));
    return tables(a)[0];
  };

  it('shows each text in its row, and types where the caret is', async () => {
    const clients = await open();
    const [a, b] = clients as [EditorClient, EditorClient];
    expect(tables(a)).toEqual([[['A', 'B', 'N'], ['x', 'y', null], ['1', '2', '3']]]);
    a.select(9).type('!').press('Enter').type('?');
    b.select(5).type('-');
    expect(settled(clients)).toEqual([['A', 'B', 'N!|?'], ['x-', 'y', null], ['1', '2', '3']]);
  });

  it('goes from cell to cell by its rows', async () => {
    const clients = await open();
    const [a] = clients as [EditorClient];
    a.select(3).press('Tab').type('n').press('Tab').type('u').press('Tab', 'Tab').type('g').press('Tab').type('w');
    expect(settled(clients)).toEqual([['A', 'B', 'n'], ['u', 'y', 'g'], ['w', '2', '3']]);
  });

  it('empties what is selected of a row, and no other row between its lines', async () => {
    const clients = await open();
    const [a] = clients as [EditorClient];
    a.select(2, 9).press('Delete');
    expect(settled(clients)).toEqual([['A', '', ''], ['x', 'y', null], ['1', '2', '3']]);
  });

  it('empties the cells that are selected, and what is left of a line stays in its cell', async () => {
    const one = inCell('r2', 'a');
    const apart: Lines = [['A', inCell('r1', 'a')], ['abc', one], ['i', one], ['x', inCell('r1', 'b')], ['d', one], ['e', inCell('r2', 'b')]];
    const [a, , , x, , e] = apart as [Lines[0], Lines[0], Lines[0], Lines[0], Lines[0], Lines[0]];
    expect(await after(apart, [4, 13], keys('Delete'))).toEqual([a, ['ab', one], x, ['', one], ['', inCell('r2', 'b')]]);
    expect(await after(apart, [7, 11], keys('Delete'))).toEqual([a, apart[1], ['i', one], x, ['', one], e]);
    expect(await after(apart, [2, 12], keys('Delete'))).toEqual([a, x, ['', one], e]);
  });

  it('formats the lines that are selected in its rows, all of them with the whole page', async () => {
    const listed = async (content: Lines, ...act: Parameters<typeof keys>): Promise<string[]> =>
      (await after(content, [0, 2], keys(...act, 'Mod-Shift-8'))).filter(([, format]) => format?.['list'] === 'bullet').map(([text]) => text);
    const [a, b, c, d] = table(['A', 'B'], ['C', 'D']) as [Lines[0], Lines[0], Lines[0], Lines[0]];
    expect(await listed([a, c, d, b])).toEqual(['A', 'B']);
    expect(await listed([a, c, d, b], 'Mod-a')).toEqual(['A', 'C', 'D', 'B']);
    expect(await listed([d, a, b, c], 'Mod-a')).toEqual(['D', 'A', 'B', 'C']);
    expect(await listed([d, a, b, c, ['end']], 'Mod-a')).toEqual(['D', 'A', 'B', 'C', 'end']);
  });

  it('undoes what was done to it', async () => {
    const clients = await open();
    const [a] = clients as [EditorClient];
    a.select(5).editor.commands.deleteRow();
    expect(settled(clients)).toEqual([['A', 'B', 'N'], ['1', '2', '3']]);
    a.press('Mod-z');
    expect(settled(clients)).toEqual([['A', 'B', 'N'], ['x', 'y', null], ['1', '2', '3']]);
    a.select(9).editor.commands.deleteColumn();
    expect(settled(clients)).toEqual([['A', 'B'], ['x', 'y'], ['1', '2']]);
  });
});
