// @vitest-environment happy-dom
import Delta from 'quill-delta';
import { afterEach, describe, expect, it } from 'vitest';
import { settleAll } from '../testing/connection';
import { randomDocument } from '../testing/deltas';
import { closeEditors, EditorClient } from '../testing/editor';
import { after, inCell, linesOf, page, table, tables, type Lines } from '../testing/page';
import { withSeeds } from '../testing/random';
import { changeFault } from '../testing/rules';
import { ModelServer } from '../testing/server';
import { isCellId } from './formats';
import { gridAt, type Area } from './grid';
import { lines } from './lines';
import { linesOf as deltaOf } from './linesOf';
import { blockRange } from './positions';
import { documentSchema } from './schema';
import { addColumn, addRow, deleteColumns, deleteRows, deleteTable, fillGap, insertTable, randomId, type TableCommand } from './table-commands';
import { tree } from './tree';

afterEach(closeEditors);

const schema = documentSchema();
const THREE = [['A', 'B', 'C'], ['1', '2', '3'], ['4', '5', '6']] as const;

/** Names that say how many were asked for. */
function counter(): () => string {
  let count = 0;
  return () => `n${++count}`;
}

function area(document: Delta, top: number, left: number, bottom = top, right = left): [ReturnType<typeof tree>, Area] {
  const doc = tree(lines(document), schema);
  const block = doc.children.findIndex(({ type }) => type.name === 'table');
  return [doc, { grid: gridAt(doc, block), top, left, bottom, right }];
}

/** The change of a command at a place of the table. */
function change(content: Lines, command: TableCommand, ...place: [number, number, number?, number?]): Delta | null {
  const [doc, at] = area(page(...content), ...place);
  return command(doc, at, counter());
}

/** The texts of the table after a command. */
function result(content: Lines, command: TableCommand, ...place: [number, number, number?, number?]): unknown {
  const document = page(...content);
  const done = change(content, command, ...place);
  if (done === null) return null;
  expect(changeFault(document, done)).toBeNull();
  return texts(document.compose(done));
}

function texts(document: Delta): unknown {
  return tree(lines(document), schema).children.map((node) =>
    node.type.name === 'table'
      ? node.children.map((row) => row.children.map((cell) => (cell.type.name === 'tableGap' ? null : cell.textContent)))
      : node.textContent,
  );
}

describe('a new table', () => {
  const insert = insertTable(2, 2, () => 'id');

  it('is lines with cells of fresh ids, put before an empty line', () => {
    const doc = tree(lines(page(['x'], [''], ['y'])), schema);
    const n = (row: string, column: string) => ({ cell: { table: 'n1', row, column } });
    expect(insertTable(2, 2, counter())(doc, 2, 2)).toEqual(
      new Delta().retain(2).insert('\n', n('n4', 'n2')).insert('\n', n('n4', 'n3')).insert('\n', n('n5', 'n2')).insert('\n', n('n5', 'n3')),
    );
  });

  it('comes below a line with text, in its middle parts it', async () => {
    const put = ({ editor }: EditorClient): void => void editor.commands.insertTable({ rows: 1, columns: 1 });
    const texts = async (content: Lines, at: number) => (await after(content, at, put)).map(([text, attributes = {}]) => ('cell' in attributes ? '#' : text));
    expect(await texts([['xy'], ['z']], 2)).toEqual(['xy', '#', 'z']);
    expect(await texts([['xy'], ['z']], 1)).toEqual(['x', '#', 'y', 'z']);
    expect(await texts([['xy'], ['z']], 0)).toEqual(['#', 'xy', 'z']);
    expect(await after([['z', { header: 1, callout: 'tip' }]], 1, put)).toMatchObject([['z', { header: 1, callout: 'tip' }], ['', {}], ['']]);
  });

  it('has the caret in its first cell', async () => {
    const a = await EditorClient.open(new ModelServer(page(['x'], [''])));
    a.select(2).editor.commands.insertTable();
    a.type('first').press('Tab').type('second');
    expect(tables(a)).toEqual([[['first', 'second', ''], ['', '', ''], ['', '', '']]]);
    expect(a.view.dom.querySelectorAll('tr:first-child > th[scope=col]')).toHaveLength(3);
    expect(a.view.dom.querySelectorAll('td')).toHaveLength(6);
  });

  it('is not put into a cell', async () => {
    expect(insert(tree(lines(page(...table(['x']))), schema), 0, 0).ops).toEqual([]);
    const a = await EditorClient.open(new ModelServer(page(...table(['x']))));
    expect(a.editor.can().insertTable()).toBe(false);
  });
});

describe('the caret after a row or a column was put in', () => {
  it.each<[string, (client: EditorClient) => void, string[][]]>([
    ['above', ({ editor }) => void editor.commands.addRowAbove(), [THREE[0], ['!', '', ''], THREE[1], THREE[2]].map((row) => [...row])],
    ['below', ({ editor }) => void editor.commands.addRowBelow(), [THREE[0], THREE[1], ['!', '', ''], THREE[2]].map((row) => [...row])],
    ['to the left', ({ editor }) => void editor.commands.addColumnLeft(), [['A', '', 'B', 'C'], ['1', '!', '2', '3'], ['4', '', '5', '6']]],
    ['to the right', ({ editor }) => void editor.commands.addColumnRight(), [['A', 'B', '', 'C'], ['1', '2', '!', '3'], ['4', '5', '', '6']]],
  ])('%s is in the row\'s first cell, or in the column\'s cell of its own row', async (_side, put, rows) => {
    const a = await EditorClient.open(new ModelServer(page(['x'], ...table(...THREE))));
    put(a.select(11));
    a.type('!');
    a.check();
    expect(tables(a)).toEqual([rows]);
  });
});

describe('rows and columns', () => {
  const content: Lines = [['x'], ...table(...THREE), ['y']];
  const with_ = (rows: unknown): unknown => ['x', rows, 'y'];

  it('are put beside what is selected', () => {
    expect(result(content, addRow('above'), 1, 1)).toEqual(with_([THREE[0], ['', '', ''], THREE[1], THREE[2]]));
    expect(result(content, addRow('below'), 1, 1, 2, 2)).toEqual(with_([...THREE, ['', '', '']]));
    expect(result(content, addColumn('left'), 1, 1)).toEqual(with_(THREE.map(([a, b, c]) => [a, '', b, c])));
    expect(result(content, addColumn('right'), 0, 1, 0, 2)).toEqual(with_(THREE.map((row) => [...row, ''])));
    expect(change(content, addRow('above'), 0, 0)).toEqual(
      ['a', 'b', 'c'].reduce((delta, column) => delta.insert('\n', inCell('n1', column)), new Delta().retain(2)),
    );
  });

  it('are deleted as selected', () => {
    expect(result(content, deleteRows, 0, 1)).toEqual(with_([THREE[1], THREE[2]]));
    expect(result(content, deleteRows, 1, 1, 2, 1)).toEqual(with_([THREE[0]]));
    expect(result(content, deleteColumns, 1, 1)).toEqual(with_(THREE.map(([a, , c]) => [a, c])));
    expect(result(content, deleteColumns, 1, 0, 2, 1)).toEqual(with_(THREE.map(([, , c]) => [c])));
    for (const command of [deleteRows, deleteColumns, deleteTable]) expect(result(content, command, 0, 0, 2, 2)).toEqual(['x', 'y']);
  });

  it('are put and deleted at the end of a page, which keeps its last newline', () => {
    const last: Lines = [['x'], ...table(...THREE)];
    expect(result(last, addRow('below'), 2, 0)).toEqual(['x', [...THREE, ['', '', '']]]);
    expect(result(last, addColumn('right'), 2, 2)).toEqual(['x', THREE.map((row) => [...row, ''])]);
    expect(result(last, deleteRows, 2, 0)).toEqual(['x', [THREE[0], THREE[1]]]);
    expect(result(last, deleteColumns, 2, 2)).toEqual(['x', THREE.map(([a, b]) => [a, b])]);
    expect(result(last, deleteTable, 0, 0)).toEqual(['x']);
    expect(result(table(...THREE), deleteTable, 0, 0)).toEqual(['']);
    expect(result(table(['A', null, 'C'], ['1', '2', null]), fillGap, 1, 2)).toEqual([[['A', '', 'C'], ['1', '2', '']]]);
    expect(result(table(['A', 'B']), deleteColumns, 0, 1)).toEqual([[['A']]]);
  });

  it('are 64 columns at the most', () => {
    const wide: Lines = [...Array(64).keys()].map((i) => ['', inCell('r', `c${i}`)] as const);
    expect(change(wide, addColumn('left'), 0, 0)).toBeNull();
    expect(change(wide.slice(1), addColumn('left'), 0, 0)).not.toBeNull();
  });
});

/** What a command shall do to the texts of a table, gaps of the first row filled. */
const MEANT: readonly (readonly [string, TableCommand, (rows: (string | null)[][], row: number, column: number) => void])[] = [
  ['fillGap', fillGap, (rows, row, column) => void ((rows[row] ?? [])[column] ??= '')],
  ['addRow above', addRow('above'), (rows, row) => void rows.splice(row, 0, (rows[0] ?? []).map(() => ''))],
  ['addRow below', addRow('below'), (rows, row) => void rows.splice(row + 1, 0, (rows[0] ?? []).map(() => ''))],
  ['addColumn left', addColumn('left'), (rows, _row, column) => rows.forEach((cells) => cells.splice(column, 0, ''))],
  ['addColumn right', addColumn('right'), (rows, _row, column) => rows.forEach((cells) => cells.splice(column + 1, 0, ''))],
];

/** The document with the lines of every table in the order of its grid; in what order else they may stand, no command can keep. */
function gridByGrid(document: Delta): Delta {
  const doc = tree(lines(document), schema);
  let result = new Delta();
  doc.children.forEach((node, block) => {
    const { start, end, rows } = node.type.name === 'table' ? gridAt(doc, block) : { ...blockRange(doc, block, block), rows: null };
    const ranges = rows?.flatMap(({ cells }) => cells.flatMap((cell) => cell.ranges)) ?? [{ start, end }];
    for (const range of ranges) result = result.concat(document.slice(range.start, range.end));
  });
  return result;
}

describe('in a table with gaps', () => {
  it.each(MEANT)('%s leaves every column where it was', (_name, command, meant) => {
    withSeeds(300, (random) => {
      const document = gridByGrid(randomDocument(random, 'known', 14));
      const doc = tree(lines(document), schema);
      const block = random.pick([...doc.children.keys()].filter((i) => doc.child(i).type.name === 'table'));
      if (block === undefined) return;
      const grid = gridAt(doc, block);
      const [top, left] = [random.below(grid.rows.length), random.below(grid.columns.length)];
      const done = command(doc, { grid, top, left, bottom: top, right: left }, randomId);
      if (done === null) return;
      expect(changeFault(document, done)).toBeNull();
      const before = texts(document) as (string | null)[][][];
      const rows = before[block] ?? [];
      meant(rows, top, left);
      const now = texts(document.compose(done)) as (string | null)[][][];
      rows[0] = (rows[0] ?? []).map((text) => text ?? '');
      // A command at the first row that puts another one before it need not fill it.
      const second = now[block]?.[1]?.map((text, i) => text ?? rows[1]?.[i] ?? null);
      if (rows[1] !== undefined && second !== undefined) rows[1] = rows[1].map((text, i) => text ?? second[i] ?? null);
      expect(now).toEqual(before);
    });
  });

  it('nothing that is deleted takes a column of others along', () => {
    const ragged = table(['A', null, 'C'], ['1', '2', null], [null, null, '6']);
    expect(result(ragged, deleteRows, 0, 0)).toEqual([[['1', '2', ''], [null, null, '6']]]);
    expect(result(ragged, deleteRows, 1, 0)).toEqual([[['A', '', 'C'], [null, null, '6']]]);
    expect(result(ragged, deleteColumns, 0, 0)).toEqual([[['', 'C'], ['2', null], [null, '6']]]);
  });
});

describe('commands of two at the same time', () => {
  const both = async (a: (client: EditorClient) => void, b: (client: EditorClient) => void) => {
    const server = new ModelServer(page(...table(...THREE), ['end']));
    const clients = [await EditorClient.open(server, 'a'), await EditorClient.open(server, 'b')] as const;
    a(clients[0].select(8));
    b(clients[1].select(8));
    settleAll(clients);
    clients.forEach((client) => client.check());
    expect(linesOf(clients[0])).toEqual(linesOf(clients[1]));
    return tables(clients[0]);
  };

  it('that add a row and a column leave a gap where they cross', async () => {
    expect(await both((a) => a.editor.commands.addRowBelow(), (b) => b.editor.commands.addColumnRight())).toEqual([
      [['A', 'B', '', 'C'], ['1', '2', '', '3'], ['', '', null, ''], ['4', '5', '', '6']],
    ]);
  });

  it('that add a column each at one place have both in every row', async () => {
    const add = (name: string) => (client: EditorClient) => {
      client.editor.commands.addColumnRight();
      client.type(name);
    };
    expect(await both(add('x'), add('y'))).toEqual([
      [['A', 'B', '', '', 'C'], ['1', '2', ...['x', 'y'].sort(), '3'], ['4', '5', '', '', '6']],
    ]);
  });

  it('are told as what they are, also where all cells look alike', async () => {
    const server = new ModelServer(page(...table(['', '', ''], ['', '', ''], ['', '', ''])));
    const a = await EditorClient.open(server);
    a.select(4).editor.commands.addColumnLeft();
    a.editor.commands.addRowAbove();
    a.editor.commands.deleteColumn();
    a.settle();
    const told = server.log.flatMap(({ delta }) => delta.ops);
    expect(told.filter(({ retain, attributes }) => retain !== undefined && attributes !== undefined)).toEqual([]);
    expect(tables(a)).toEqual([Array.from({ length: 4 }, () => ['', '', ''])]);
  });

  it('do not take the text of others into other cells', async () => {
    const [a] = await both((client) => client.editor.commands.addRowAbove(), (client) => void client.type('!'));
    expect(a).toEqual([THREE[0], ['', '', ''], ['1', '!2', '3'], THREE[2]]);
    expect(await both((client) => client.editor.commands.deleteColumn(), (client) => void client.select(6).type('!'))).toEqual([
      [['A', 'C'], ['!1', '3'], ['4', '6']],
    ]);
  });

  it('are taken back by undo alone', async () => {
    const undone = (client: EditorClient): void => {
      client.editor.commands.addColumnLeft();
      client.editor.commands.addRowAbove();
      client.press('Mod-z', 'Mod-z');
    };
    expect(await both(undone, (client) => void client.type('!'))).toEqual([[THREE[0], ['1', '!2', '3'], THREE[2]]]);
  });
});

describe('a table beyond the bound of columns', () => {
  it('is read anew as a whole when a column of its first part goes', async () => {
    const wide: Lines = [...Array(130).keys()].map((i) => [`${i}`, inCell('r', `c${i}`)] as const);
    const server = new ModelServer(page(...wide, ['end']));
    const [a, b] = [await EditorClient.open(server, 'a'), await EditorClient.open(server, 'b')];
    expect(tables(a).map((rows) => rows[0]?.length)).toEqual([64, 64, 2]);
    a.select(0).editor.commands.deleteColumn();
    settleAll([a, b]);
    [a, b].forEach((client) => client.check());
    expect(tables(b).map((rows) => rows[0]?.length)).toEqual([64, 64, 1]);
  });
});

describe('fresh ids', () => {
  it('are valid and never the same', () => {
    const ids = Array.from({ length: 2_000 }, randomId);
    expect(ids.every(isCellId)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('callouts and alignment', () => {
  it('are set on the selected lines and taken away again', async () => {
    const content: Lines = [['a'], ['b', { list: 'bullet' }], ['c']];
    expect(await after(content, [0, 3], ({ editor }) => editor.commands.toggleCallout('tip'))).toEqual([
      ['a', { callout: 'tip' }], ['b', { callout: 'tip', list: 'bullet' }], ['c'],
    ]);
    const tips: Lines = [['a', { callout: 'tip' }], ['b', { callout: 'tip' }]];
    expect(await after(tips, [0, 3], ({ editor }) => editor.commands.toggleCallout('tip'))).toEqual([['a'], ['b']]);
    expect(await after(tips, 0, ({ editor }) => editor.commands.toggleCallout('note'))).toEqual([['a', { callout: 'note' }], tips[1]]);
    expect(await after(tips, 2, ({ editor }) => editor.commands.unsetCallout())).toEqual([tips[0], ['b']]);
    expect(await after(content, [0, 3], ({ editor }) => editor.commands.alignLines('right'))).toEqual([
      ['a', { align: 'right' }], ['b', { align: 'right', list: 'bullet' }], ['c'],
    ]);
  });

  it('are shown with a role, a label and a class', async () => {
    const a = await EditorClient.open(new ModelServer(page(['x', { callout: 'warning', align: 'center' }])));
    const callout = a.view.dom.querySelector('.callout.callout-warning');
    expect(callout?.getAttribute('role')).toBe('note');
    expect(callout?.getAttribute('aria-label')).toBe('Warning');
    expect(callout?.querySelector('p.align-center')?.textContent).toBe('x');
  });

  it('keep the document that is shown the one that is meant', () => {
    const document = page(['x', { callout: 'note', align: 'right', banner: 1 }]);
    expect(deltaOf(tree(lines(document), schema)).ops).toEqual(document.ops);
  });
});
