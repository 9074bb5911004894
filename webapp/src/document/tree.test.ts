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
import { tree } from './tree';

interface TreeVector {
  name: string;
  delta: Op[];
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
