// @vitest-environment happy-dom
import { NodeSelection } from '@tiptap/pm/state';
import { afterEach, describe, expect, it } from 'vitest';
import { settleAll } from '../testing/connection';
import { randomDocument } from '../testing/deltas';
import { closeEditors, EditorClient } from '../testing/editor';
import { after, inCell, keys, linesOf, page, table, tables, type Lines } from '../testing/page';
import { withSeedsInTurn } from '../testing/random';
import { ModelServer } from '../testing/server';
import { cellOf } from './cells';
import { lines } from './lines';
import { placedLines } from './placed-lines';
import { posAt } from './positions';

afterEach(closeEditors);

async function open(...content: Lines): Promise<EditorClient> {
  return EditorClient.open(new ModelServer(page(...content)));
}

function caret({ editor }: EditorClient): string {
  const { $from, from, to } = editor.state.selection;
  const { parent, parentOffset } = $from;
  if (!parent.isTextblock) return 'gap';
  return `${parent.textContent.slice(0, parentOffset)}<${editor.state.doc.textBetween(from, to)}>`;
}

/** What the browser does when somebody cuts, pastes or clicks. */
function clipboard(type: string): ClipboardEvent {
  return new ClipboardEvent(type, { clipboardData: new DataTransfer(), bubbles: true, cancelable: true } as ClipboardEventInit);
}

/** What comes without a key. */
function screenKey({ view }: EditorClient, inputType: string, data: string | null = null): void {
  view.dom.dispatchEvent(new InputEvent('beforeinput', { inputType, data, bubbles: true, cancelable: true }));
}

const TWO = [['ab', 'cd'], ['ef', 'gh']] as const;

describe('Enter', () => {
  it('begins a line in the same cell, also in a list there', async () => {
    expect(await after(table(...TWO), 1, keys('Enter'))).toEqual([['a', inCell('r1', 'a')], ['b', inCell('r1', 'a')], ...table(...TWO).slice(1)]);
    const list: Lines = [['x', inCell('r1', 'a', { list: 'bullet' })], ['y', inCell('r1', 'b')]];
    expect(await after(list, 1, keys('Enter', 'Enter'))).toEqual([list[0], ['', inCell('r1', 'a')], list[1]]);
  });

  it('on a selection over several cells empties them and goes on in the first', async () => {
    expect(await after(table(...TWO), [1, 7], keys('Enter'))).toEqual([
      ['a', inCell('r1', 'a')], ['', inCell('r1', 'a')], ['', inCell('r1', 'b')], ['f', inCell('r2', 'a')], ['gh', inCell('r2', 'b')],
    ]);
  });
});

describe('Backspace and Delete at the border of a cell', () => {
  it('do nothing', async () => {
    const content: Lines = [['x'], ...table(...TWO), ['y']];
    for (const at of [2, 5, 8, 11]) expect(await after(content, at, keys('Backspace'))).toEqual(content);
    for (const at of [4, 7, 10, 13]) expect(await after(content, at, keys('Delete'))).toEqual(content);
    expect(await after(table(...TWO), 0, keys('Backspace'))).toEqual(table(...TWO));
    expect(await after(table(...TWO), 11, keys('Delete'))).toEqual(table(...TWO));
  });

  it('join lines of one cell', async () => {
    const cell: Lines = [['x', inCell('r', 'a')], ['y', inCell('r', 'a')], ['z', inCell('r', 'b')]];
    expect(await after(cell, 2, keys('Backspace'))).toEqual([['xy', inCell('r', 'a')], cell[2]]);
    expect(await after(cell, 1, keys('Delete'))).toEqual([['xy', inCell('r', 'a')], cell[2]]);
  });

  it('take a format away first', async () => {
    const list: Lines = [['x', inCell('r', 'a')], ['y', inCell('r', 'b', { list: 'bullet' })]];
    expect(await after(list, 2, keys('Backspace', 'Backspace'))).toEqual([list[0], ['y', inCell('r', 'b')]]);
  });

  it('from outside take an empty line, and go into the table', async () => {
    const content: Lines = [['x'], ...table(['ab']), ['y']];
    const type = (a: EditorClient): void => void a.type('!');
    expect(await after([['x'], [''], ...table(['ab']), ['y']], 2, (a) => type(a.press('Delete')))).toEqual([['x'], ...table(['!ab']), ['y']]);
    expect(await after([['x'], ...table(['ab']), [''], ['y']], 5, (a) => type(a.press('Backspace')))).toEqual([['x'], ...table(['ab!']), ['y']]);
    expect(await after([['x'], ...table(['ab']), [''], ['y']], 5, keys('Backspace'))).toEqual(content);
    expect(await after([['x'], [''], ...table(['ab']), ['y']], 2, keys('Delete'))).toEqual(content);
    expect(await after([...table(['ab']), ['']], 3, keys('Backspace'))).toEqual([...table(['ab']), ['']]);
  });
});

describe('a table as a whole', () => {
  const AROUND: Lines = [['x'], ...table(...TWO), ['y']];
  const isWhole = ({ editor, view }: EditorClient): boolean => {
    const { selection } = editor.state;
    const shown = view.dom.querySelector('.table-scroll')?.classList.contains('ProseMirror-selectednode') ?? false;
    return shown && selection instanceof NodeSelection && selection.node.type.name === 'table';
  };

  it.each<[string, number, (client: EditorClient) => void]>([
    ['Delete before it', 1, keys('Delete')],
    ['Backspace behind it', 14, keys('Backspace')],
    ['deleting forward on a screen', 1, (a) => screenKey(a, 'deleteContentForward')],
    ['deleting backward on a screen', 14, (a) => screenKey(a, 'deleteContentBackward')],
  ])('is selected by %s, and goes when that comes again', async (_what, at, act) => {
    const a = await open(...AROUND);
    act(a.select(at));
    expect([isWhole(a), linesOf(a)]).toEqual([true, AROUND]);
    act(a);
    a.settle();
    a.check();
    expect(linesOf(a)).toEqual([['x'], ['y']]);
    a.press('Mod-z');
    expect(linesOf(a)).toEqual(AROUND);
  });

  it('goes from the start and the end of the page too', async () => {
    expect(await after([...table(...TWO), ['y']], 12, keys('Backspace', 'Backspace'))).toEqual([['y']]);
    expect(await after([...table(...TWO), ['']], 12, keys('Backspace', 'Backspace'))).toEqual([['']]);
    expect(await after([['x'], ...table(...TWO)], 1, keys('Delete', 'Delete'))).toEqual([['x']]);
  });

  it.each<[string, (client: EditorClient) => void]>([
    ['typing', (a) => void a.type('q')],
    ['pasting', (a) => void a.view.pasteText('q')],
    ['a keyboard on the screen', (a) => screenKey(a, 'insertText', 'q')],
    ['composing', (a) => void (a.startComposing(), a.endComposing(), a.type('q'))],
  ])('makes room for one line by %s', async (_what, act) => {
    expect(await after(AROUND, 1, (a) => act(a.press('Delete')))).toEqual([['x'], ['q'], ['y']]);
    expect(await after([['x'], ...table(...TWO)], 1, (a) => act(a.press('Delete')))).toEqual([['x'], ['q']]);
  });

  it('stays when the key is only held down', async () => {
    const hold = ({ view }: EditorClient): void =>
      void view.dom.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', repeat: true, bubbles: true, cancelable: true }));
    expect(await after(AROUND, 1, (a) => void [hold, hold, hold].forEach((again) => again(a)))).toEqual(AROUND);
  });

  it('is cut', async () => {
    expect(await after(AROUND, 1, (a) => void a.press('Delete').view.dom.dispatchEvent(clipboard('cut')))).toEqual([['x'], ['y']]);
  });

  it('stays selected while others write, until it is not there', async () => {
    const server = new ModelServer(page(...AROUND));
    const [a, b] = [await EditorClient.open(server, 'a'), await EditorClient.open(server, 'b')];
    a.select(1).press('Delete');
    b.select(1).type('!');
    b.select(3).editor.commands.addRowAbove();
    b.press('Tab').type('c');
    settleAll([a, b]);
    expect([isWhole(a), tables(a)]).toEqual([true, [[['', 'c'], ['ab', 'cd'], ['ef', 'gh']]]]);
    b.editor.commands.deleteTable();
    settleAll([a, b]);
    a.type('q');
    expect(linesOf(a)).toEqual([['x!'], ['qy']]);
  });
});

describe('a selection over several cells', () => {
  const EMPTIED = table(['a', ''], ['f', 'gh']);

  it.each<[string, (client: EditorClient) => void, Lines]>([
    ['Backspace', keys('Backspace'), EMPTIED],
    ['Delete', keys('Delete'), EMPTIED],
    ['Backspace for a word', keys('Mod-Backspace'), EMPTIED],
    ['typing', (a) => void a.type('x'), table(['ax', ''], ['f', 'gh'])],
    ['pasting', (a) => void a.view.pasteText('x'), table(['ax', ''], ['f', 'gh'])],
    ['cutting', (a) => void a.view.dom.dispatchEvent(clipboard('cut')), EMPTIED],
    ['composing', (a) => a.startComposing(), EMPTIED],
    ['a keyboard on the screen', (a) => screenKey(a, 'insertText', 'x'), table(['ax', ''], ['f', 'gh'])],
    ['deleting on such a keyboard', (a) => screenKey(a, 'deleteContentBackward'), EMPTIED],
  ])('is emptied by %s; the cells stay', async (_what, act, lines) => {
    expect(await after(table(...TWO), [1, 7], act)).toEqual(lines);
  });

  it('that begins or ends outside leaves the table too', async () => {
    expect(await after([['xy'], ['z'], ...table(...TWO)], [1, 9], keys('Delete'))).toEqual([['x'], ...table(['', 'd'], ['ef', 'gh'])]);
    expect(await after([...table(...TWO), ['z'], ['xy']], [7, 15], keys('Delete'))).toEqual([...table(['ab', 'cd'], ['e', '']), ['y']]);
  });

  it('is known as soon as the browser has it, before the word of it comes', async () => {
    for (const act of [keys('Delete'), (a: EditorClient) => screenKey(a, 'insertText', 'x')]) {
      const a = await open(...table(...TWO));
      a.select(1).view.focus();
      const [first, , third] = [...a.view.dom.querySelectorAll('p')].map((line) => line.firstChild);
      if (first == null || third == null) throw new Error('no text');
      const later = (event: Event): void => event.stopImmediatePropagation();
      window.addEventListener('selectionchange', later, true);
      document.getSelection()?.setBaseAndExtent(first, 1, third, 1);
      window.removeEventListener('selectionchange', later, true);
      expect(a.editor.state.selection.empty).toBe(true);
      act(a);
      a.settle();
      a.check();
      expect(tables(a)[0]?.map((row) => row.map((text) => text?.replace('x', '')))).toEqual([['a', ''], ['f', 'gh']]);
    }
  });

  it('is copied when it is dragged, not moved', async () => {
    const a = await open(...table(...TWO));
    const copies = (): unknown => a.view.someProp('dragCopies', (test) => test(new MouseEvent('drop') as DragEvent));
    expect([copies(), (a.select(1, 7), copies()), (a.select(0, 2), copies())]).toEqual([undefined, true, undefined]);
  });

  it('of nothing but their borders is given up, and joins nothing', async () => {
    for (const key of ['Backspace', 'Delete']) expect(await after(table(...TWO), [2, 3], keys(key))).toEqual(table(...TWO));
    expect(await after([...table(...TWO), ['x']], [11, 12], keys('Delete'))).toEqual([...table(...TWO), ['x']]);
  });

  it('from outside to outside takes the table with it', async () => {
    expect(await after([['xy'], ...table(...TWO), ['zw']], [1, 16], keys('Delete'))).toEqual([['xw']]);
  });

  it('leaves another table in its middle nothing, and its own their cells', async () => {
    const other: Lines = [['o', { cell: { table: 'o', row: 'r', column: 'a' } }]];
    expect(await after([...table(['ab']), ['-'], ...other, ['-'], ...table(['cd'])], [1, 10], keys('Delete'))).toEqual([
      ['a', inCell('r1', 'a')], ['d', inCell('r1', 'a')],
    ]);
  });

  it('never loses a cell of the tables that it begins or ends in, nor takes text from one to another, whatever the page is', async () => {
    await withSeedsInTurn(60, async (random) => {
      const client = await EditorClient.open(new ModelServer(randomDocument(random, 'known', 16)));
      const length = client.shown.length();
      const before = cells(client);
      const texts = textsByCell(client);
      const own = random.pick(before);
      if (own !== undefined) {
        client.select(random.pick([own.start, own.end]), random.chance(50) ? random.below(length) : Math.min(length - 1, own.end + 3));
        const { $from, $to } = client.editor.state.selection;
        const ends = [$from, $to].map(($pos) => ($pos.node(1).attrs['table'] ?? null) as string | null);
        random.pick([keys('Backspace'), keys('Delete'), keys('Enter'), (a: EditorClient) => void a.type('!')])(client);
        const left = cells(client).map(({ id }) => id);
        // Of a table that is there in parts, a part may go as a whole.
        for (const { id, table } of before) if (ends.includes(table) && parts(before, table) === 1) expect(left).toContain(id);
        for (const [id, text] of textsByCell(client)) expect(isLeftOf(text.replace('!', ''), texts.get(id) ?? ''), `${id}: ${text}`).toBe(true);
        client.check();
      }
      closeEditors();
    });
  }, 60_000);
});

interface CellLine {
  readonly table: string;
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** The lines of a page that are of cells, also those that a table shows behind the page's last line. */
function cells({ editor }: EditorClient): CellLine[] {
  return placedLines(editor.state.doc.children, 0).flatMap((line) => {
    const cell = cellOf(line);
    return cell === null ? [] : [{ table: cell.table, id: JSON.stringify(cell), start: line.start, end: line.end }];
  });
}

/** The text of each cell, and of all that is outside. */
function textsByCell({ shown }: EditorClient): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { pieces, attributes } of lines(shown)) {
    const id = JSON.stringify(attributes['cell'] ?? null);
    const text = pieces.map(({ insert }) => (typeof insert === 'string' ? insert : '-')).join('');
    texts.set(id, (texts.get(id) ?? '') + text);
  }
  return texts;
}

/** Whether a text is another one of which some is gone. */
function isLeftOf(text: string, before: string): boolean {
  let from = 0;
  return [...text].every((char) => (from = before.indexOf(char, from) + 1) > 0);
}

function parts(lines: readonly CellLine[], table: string): number {
  const own = lines.filter((line) => line.table === table);
  return own.filter(({ start }, i) => own[i - 1]?.end !== start - 1).length;
}

describe('Tab', () => {
  it('goes from cell to cell and selects what is there, Shift-Tab back', async () => {
    const a = await open(...table(...TWO));
    const seen = ['Tab', 'Tab', 'Shift-Tab', 'Shift-Tab', 'Shift-Tab'].map((key) => caret(a.press(key)));
    expect(seen).toEqual(['<cd>', '<ef>', '<cd>', '<ab>', '<ab>']);
  });

  it('in the last cell adds a row', async () => {
    const a = await open(...table(...TWO), ['end']);
    a.select(10).press('Tab').type('x').press('Tab').type('y');
    expect(tables(a)).toEqual([[['ab', 'cd'], ['ef', 'gh'], ['x', 'y']]]);
    const last = await open(...table(...TWO));
    last.select(10).press('Tab').type('x');
    expect(tables(last)).toEqual([[['ab', 'cd'], ['ef', 'gh'], ['x', '']]]);
    last.press('Mod-z', 'Mod-z');
    expect(linesOf(last)).toEqual(table(...TWO));
  });
});

describe('a gap', () => {
  const RAGGED: Lines = [...table(['ab', 'cd', 'x'], ['ef', null, 'gh'], [null, 'ij']), ['end']];

  it('is gone to by Tab and arrows, and filled by what is typed, pasted or entered there', async () => {
    const typed = (a: EditorClient): void => void a.type('y');
    const pasted = (a: EditorClient): void => void a.view.pasteText('y');
    for (const fill of [keys('Enter'), typed, pasted, (a: EditorClient) => screenKey(a, 'insertText', 'y')]) {
      const a = await open(...RAGGED);
      fill(a.select(8).press('Tab'));
      expect(tables(a)[0]?.[1]?.map((text) => text?.replace('y', ''))).toEqual(['ef', '', 'gh']);
      a.type('!');
      expect(tables(a)[0]?.[1]?.[1]).toMatch(/^y?!$/);
      a.check();
    }
  });

  it('is filled by a click, with the caret in it', async () => {
    const a = await open(...RAGGED);
    const { doc } = a.editor.state;
    const pos = doc.resolve(posAt(doc, 14)).before(3) - 1;
    const node = doc.nodeAt(pos);
    if (node === null) throw new Error('no node');
    expect(node.type.name).toBe('tableGap');
    a.view.someProp('handleClickOn', (handle) => handle(a.view, pos, node, pos, new MouseEvent('click'), true));
    a.type('new');
    expect(tables(a)).toEqual([[['ab', 'cd', 'x'], ['ef', null, 'gh'], ['new', 'ij', null]]]);
  });

  it('at the end of the page is filled behind the last line', async () => {
    const a = await open(...table(['ab', 'cd'], ['ef', null]));
    a.select(8).press('Tab').type('new');
    expect(linesOf(a)).toEqual(table(['ab', 'cd'], ['ef', 'new']));
  });

  it('is not deleted, and stays selected while others write', async () => {
    const server = new ModelServer(page(...RAGGED));
    const [a, b] = [await EditorClient.open(server, 'a'), await EditorClient.open(server, 'b')];
    screenKey(a.select(8).press('Tab', 'Backspace', 'Delete'), 'deleteContentBackward');
    expect(linesOf(a)).toEqual(RAGGED);
    b.select(0).press('Enter').editor.commands.addRowBelow();
    b.editor.commands.addColumnLeft();
    settleAll([a, b]);
    expect(a.editor.state.selection).toBeInstanceOf(NodeSelection);
    a.type('here');
    settleAll([a, b]);
    expect(tables(b)[0]?.[2]).toEqual(['', 'ef', 'here', 'gh']);
  });

  it('that somebody else filled is typed into as a cell', async () => {
    const server = new ModelServer(page(...RAGGED));
    const [a, b] = [await EditorClient.open(server, 'a'), await EditorClient.open(server, 'b')];
    a.select(8).press('Tab');
    b.select(8).press('Tab').type('b');
    settleAll([a, b]);
    a.type('a');
    settleAll([a, b]);
    expect(tables(b)[0]?.[1]).toEqual(['ef', 'ba', 'gh']);
  });
});

describe('a table at the border of the page', () => {
  it('is left by a line of its own', async () => {
    expect(await after(table(...TWO), 1, keys('Mod-Enter'))).toEqual([...table(...TWO), ['']]);
    expect(await after(table(...TWO), 1, ({ editor }) => void editor.commands.leaveTable('above'))).toEqual([[''], ...table(...TWO)]);
  });

  it('is left by the arrows', async () => {
    const down = (client: EditorClient): void => {
      client.view.endOfTextblock = () => true;
      client.press('ArrowDown').type('x');
    };
    expect(await after(table(...TWO), 8, down)).toEqual([...table(...TWO), ['x']]);
    expect(await after(table(...TWO), 2, down)).toEqual(table(['ab', 'cd'], ['xef', 'gh']));
    const up = (client: EditorClient): void => {
      client.view.endOfTextblock = () => true;
      client.press('ArrowUp').type('x');
    };
    expect(await after(table(...TWO), 2, up)).toEqual([['x'], ...table(...TWO)]);
    expect(await after(table(...TWO), 8, up)).toEqual(table(['abx', 'cd'], ['ef', 'gh']));
  });
});
