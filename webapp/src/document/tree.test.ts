// @vitest-environment happy-dom
import Delta, { type Op } from 'quill-delta';
import trees from '../../../plugin-api/src/test/resources/vectors/trees.json';
import { describe, expect, it } from 'vitest';
import { randomDocument } from '../testing/deltas';
import { withSeeds } from '../testing/random';
import { lines } from './lines';
import { linesOf } from './linesOf';
import { deltaLength, indexAt, posAt } from './positions';
import { documentSchema } from './schema';
import { DOMSerializer } from '@tiptap/pm/model';
import { MOST_COLUMNS } from './tables';
import { tree } from './tree';

interface TreeVector {
  name: string;
  delta: Op[];
  html: string;
}

const schema = documentSchema();
const vectors = trees as TreeVector[];

function keepsTheLaw(document: Delta): void {
  const doc = tree(lines(document), schema);
  doc.check();
  expect(linesOf(doc).ops).toEqual(document.ops);
}

describe('linesOf(tree(d)) = d', () => {
  it.each(vectors)('for the shared vector: $name', ({ delta }) => {
    keepsTheLaw(new Delta(delta));
  });

  it('for random documents with odd attributes', () => {
    withSeeds(1500, (random) => keepsTheLaw(randomDocument(random, 'odd')));
  });

  it('and a tree is the only one for its lines', () => {
    withSeeds(300, (random) => {
      const doc = tree(lines(randomDocument(random, 'odd')), schema);
      expect(tree(lines(linesOf(doc)), schema).eq(doc)).toBe(true);
    });
  });
});

/** The text of every cell of every table, row by row. */
function cellTexts(root: ParentNode): string[][][] {
  for (const label of root.querySelectorAll('.callout-label')) label.remove();
  return [...root.querySelectorAll('table')].map((table) =>
    [...table.querySelectorAll('tr')].map((row) =>
      [...row.children].map((cell) => `${cell.localName} ${cell.textContent.replace(/\s/g, '')}`),
    ),
  );
}

describe('tables', () => {
  it.each(vectors)('are cut into rows and columns as the server does: $name', ({ delta, html }) => {
    const theirs = document.createElement('div');
    theirs.innerHTML = html;
    const ours = DOMSerializer.fromSchema(schema).serializeFragment(tree(lines(new Delta(delta)), schema).content);
    expect(cellTexts(ours as DocumentFragment)).toEqual(cellTexts(theirs));
  });

  it('are rectangles whose rows have the same columns in the same order', () => {
    withSeeds(400, (random) => {
      const doc = tree(lines(randomDocument(random, 'odd', 30)), schema);
      for (const table of doc.children.filter(({ type }) => type.name === 'table')) {
        const columns = table.child(0).children.map(({ attrs }) => attrs['column'] as string);
        expect(new Set(columns).size).toBe(columns.length);
        for (const row of table.children) expect(row.children.map(({ attrs }) => attrs['column'])).toEqual(columns);
        table.forEach((row, _offset, i) => row.forEach((cell) => expect(cell.attrs['head']).toBe(i === 0)));
      }
    });
  });

  it('end at the bound of columns', () => {
    const row = (table: Delta, id: string, from: number, to: number): Delta => {
      for (let i = from; i < to; i++) table.insert('\n', { cell: { table: 't', row: id, column: `c${i}` } });
      return table;
    };
    const wide = row(row(new Delta(), 'r', 0, MOST_COLUMNS + 2), 's', 0, 1);
    keepsTheLaw(wide);
    const tables = tree(lines(wide), schema).children;
    expect(tables.map(({ childCount }) => childCount)).toEqual([1, 2]);
    expect(tables.map((table) => table.child(0).childCount)).toEqual([MOST_COLUMNS, 3]);
  });
});

describe('indices and positions', () => {
  it('go both ways at every place', () => {
    withSeeds(150, (random) => {
      const document = randomDocument(random, 'odd');
      const doc = tree(lines(document), schema);
      expect(deltaLength(doc)).toBe(document.length());
      for (let index = 0; index < document.length(); index++) {
        const pos = posAt(doc, index);
        expect(doc.resolve(pos).parent.isTextblock).toBe(true);
        expect(indexAt(doc, pos)).toBe(index);
      }
      for (let pos = 0; pos <= doc.content.size; pos++) {
        if (doc.resolve(pos).parent.isTextblock) expect(posAt(doc, indexAt(doc, pos))).toBe(pos);
      }
    });
  });
});
