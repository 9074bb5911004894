import Delta from 'quill-delta';
import { describe, expect, it } from 'vitest';
import { randomChange, randomDocument } from '../testing/deltas';
import { withSeeds } from '../testing/random';
import { documentChange } from './document-change';

/** What a change does at the last newline: it may only format it. */
function endsBefore(document: Delta, change: Delta): boolean {
  const last = document.length() - 1;
  let at = 0;
  return change.ops.every((op) => {
    if (op.insert !== undefined) return at <= last;
    at += Delta.Op.length(op);
    return op.delete === undefined ? at <= last + 1 : at <= last;
  });
}

describe('the change from one document to another', () => {
  it('leads there and leaves the last newline', () => {
    withSeeds(400, (random) => {
      const from = randomDocument(random, 'odd');
      const to = random.chance(50) ? randomDocument(random, 'odd') : from.compose(randomChange(random, from));
      const change = documentChange(from, to);
      expect(from.compose(change).ops).toEqual(to.ops);
      expect(endsBefore(from, change)).toBe(true);
    });
  });

  it('is nothing between equal documents', () => {
    withSeeds(50, (random) => {
      const document = randomDocument(random, 'odd');
      expect(documentChange(document, new Delta(structuredClone(document.ops))).ops).toEqual([]);
    });
  });

  it('keeps what a user has pending before the last newline', () => {
    const from = new Delta().insert('a').insert('\n', { header: 1 });
    const to = new Delta().insert('a\nb').insert('\n', { list: 'bullet' });
    const pending = new Delta().retain(1).insert('!');
    const change = documentChange(from, to);
    const after = to.compose(change.transform(pending, true));
    expect(after.ops.at(-1)).toEqual({ insert: '\n', attributes: { list: 'bullet' } });
    expect(from.compose(pending).compose(pending.transform(change, false)).ops).toEqual(after.ops);
  });
});
