import Delta from 'quill-delta';
import { describe, expect, it } from 'vitest';
import { randomChange, randomDocument } from '../testing/deltas';
import { withSeeds, type Random } from '../testing/random';
import { changeFault } from '../testing/rules';
import type { Limits } from './frames';
import { splitChange } from './split';
import { bytesOf } from './text';

const MOST_PARTS = 10_000;

function limits(message: number, ops: number): Limits {
  return { message, ops, cursorsPerSecond: 20 };
}

/** All parts of a change, the way that they are sent one after the other. */
function parts(change: Delta, within: Limits): Delta[] {
  const result: Delta[] = [];
  for (let rest = change; rest.ops.length > 0; ) {
    const [first, next] = splitChange(rest, within);
    result.push(first);
    rest = next;
    if (result.length > MOST_PARTS) throw new Error('it does not come to an end');
  }
  return result;
}

function bytes(part: Delta): number {
  return bytesOf(JSON.stringify(part.ops));
}

function longChange(random: Random, document: Delta): Delta {
  let change = new Delta();
  for (let i = random.below(20); i >= 0; i--) {
    const now = document.compose(change);
    const text = random.pick(['😀', 'é', '"\n', 'x'].map((char) => char.repeat(random.below(300))));
    change = change.compose(random.chance(30) ? new Delta().insert(text) : randomChange(random, now));
  }
  return change;
}

describe('the parts of a change', () => {
  it('come to the whole, are within the limits, and each may be sent by itself', () => {
    withSeeds(200, (random) => {
      const document = randomDocument(random, 'known');
      const change = longChange(random, document);
      const within = limits(512 + random.below(1_000), 1 + random.below(12));
      let shown = document;
      for (const part of parts(change, within)) {
        expect(part.ops.length).toBeGreaterThan(0);
        expect(part.ops.length).toBeLessThanOrEqual(Math.max(2, within.ops));
        expect(bytes(part)).toBeLessThan(within.message);
        expect(changeFault(shown, part)).toBeNull();
        shown = shown.compose(part);
      }
      expect(shown.ops).toEqual(document.compose(change).ops);
    });
  });

  it('are one when it is small enough', () => {
    const change = new Delta().retain(3).insert('x').delete(1);
    expect(splitChange(change, limits(1_000, 3))).toEqual([change, new Delta()]);
  });

  it('never cut a character in two', () => {
    const change = new Delta().insert('😀'.repeat(1_000));
    const texts = parts(change, limits(601, 10)).map((part) => part.ops.at(-1)?.insert as string);
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.join('')).toBe('😀'.repeat(1_000));
    expect(texts.every((text) => [...text].every((char) => char === '😀'))).toBe(true);
  });

  it('leave whole what has no parts, and go on behind it', () => {
    const large = { map: 'x'.repeat(2_000) };
    const change = new Delta().retain(1).insert(large).insert('y');
    const [first, rest] = splitChange(change, limits(1_000, 10));
    expect(first).toEqual(new Delta().retain(1).insert(large));
    expect(rest).toEqual(new Delta().retain(2).insert('y'));
  });
});
