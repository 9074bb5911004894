import Delta from 'quill-delta';
import { describe, expect, it, vi } from 'vitest';
import * as values from '../../vectors/values';
import { randomChange, randomDocument } from '../testing/deltas';
import { documentHash } from '../testing/hash';
import { Random, withSeeds } from '../testing/random';
import { ChunkedDocument, type Chunk, type ChunkSize } from './chunked-document';
import { RunningHash } from './running-hash';

function randomSize(random: Random): ChunkSize {
  return { length: 1 + random.below(30), ops: 1 + random.below(6) };
}

function hashInSteps(random: Random, hash: RunningHash): string {
  for (;;) {
    const done = hash.step(1 + random.below(300));
    if (done !== null) return done;
  }
}

function fit(chunks: readonly Chunk[], size: ChunkSize): void {
  for (const { ops, length } of chunks) {
    expect(new Delta([...ops]).length()).toBe(length);
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThanOrEqual(size.length + 1);
    expect(ops.length).toBeLessThanOrEqual(size.ops);
  }
}

/** A document and its chunks go through the same changes, and must stay the same. */
function goTogether(random: Random, start: Delta, next: (document: Delta) => Delta): void {
  const size = randomSize(random);
  const hash = new RunningHash();
  let document = start;
  let chunked = ChunkedDocument.of(document, size);
  for (let i = 0; i < 12; i++) {
    if (random.chance(30)) hash.begin(chunked);
    if (random.chance(50)) hash.step(random.below(100));
    const change = next(document);
    document = document.compose(change);
    chunked = chunked.apply(change);
    fit(chunked.chunks, size);
    expect(chunked.toDelta().ops).toEqual(document.ops);
    expect(chunked.length).toBe(document.length());
    if (random.chance(30)) continue;
    hash.begin(chunked);
    expect(hashInSteps(random, hash)).toBe(documentHash(document));
  }
}

describe('a document in chunks', () => {
  it('is what quill-delta makes of it, and has its hash', () => {
    withSeeds(60, (random) => {
      goTogether(random, randomDocument(random, 'odd', 20), (document) => randomChange(random, document));
    });
  });

  it('is so too where changes part surrogate pairs, leave nothing, or come to an end without a newline', () => {
    withSeeds(100, (random) => {
      goTogether(random, values.document(random), (document) => {
        const change = random.chance(10) ? new Delta().delete(document.length()) : values.change(random, document.length());
        return random.chance(20) ? change.compose(values.document(random)) : change;
      });
    });
  });

  it('joins the halves of a pair that come together', () => {
    const text = new Delta().insert('ab\ud83dcd\ude00ef');
    const change = new Delta().retain(3).delete(2);
    const document = ChunkedDocument.of(text, { length: 3, ops: 9 }).apply(change);
    const hash = new RunningHash();
    hash.begin(document);
    expect(document.chunks.map(({ ops }) => ops[0]?.insert)).toEqual(['ab😀', 'ef']);
    expect(hash.step(1_000)).toBe(documentHash(text.compose(change)));
  });

  it('shares the chunks that a change leaves alone', () => {
    const document = ChunkedDocument.of(new Delta().insert('0123456789'.repeat(5_000)));
    const after = document.apply(new Delta().retain(25_000).insert('new').delete(1));
    const shared = after.chunks.filter((chunk) => document.chunks.includes(chunk));
    expect(document.chunks.length).toBe(13);
    expect(shared.length).toBe(12);
  });

  it('looks at a few places of a page for a keystroke, however long the page is', () => {
    const looks = vi.spyOn(Delta.OpIterator.prototype, 'peekType');
    const most = [1, 16, 256].map((times) => {
      const length = 50_000 * times;
      const document = ChunkedDocument.of(new Delta().insert('0123456789'.repeat(length / 10)));
      return Math.max(
        ...[0, 0.1, 0.5, 0.9, 1].map((share) => {
          looks.mockClear();
          document.apply(new Delta().retain(Math.floor((length - 1) * share)).insert('x'));
          return looks.mock.calls.length;
        }),
      );
    });
    looks.mockRestore();
    expect(most[2]).toBeLessThan((most[0] ?? 0) + 60);
  });

  it('stays in chunks of some length whatever is typed and deleted', () => {
    const random = new Random(7);
    let document = ChunkedDocument.of(new Delta().insert('0123456789'.repeat(1_000)), { length: 100, ops: 8 });
    for (let i = 0; i < 3_000; i++) {
      const change = new Delta().retain(random.below(document.length - 220));
      document = document.apply(random.chance(5) ? change.delete(random.below(200)) : change.insert('x'.repeat(1 + random.below(8))));
    }
    expect(document.length / document.chunks.length).toBeGreaterThan(40);
  });
});

describe('a hash in steps', () => {
  it('is of the document that it was begun with, whatever is changed meanwhile', () => {
    withSeeds(50, (random) => {
      const size = randomSize(random);
      const start = randomDocument(random, 'odd', 40);
      let document = ChunkedDocument.of(start, size);
      const hash = new RunningHash();
      hash.begin(document);
      let done = hash.step(1);
      for (; done === null; done = hash.step(1)) document = document.apply(randomChange(random, document.toDelta()));
      expect(done).toBe(documentHash(start));
      hash.begin(document);
      expect(hashInSteps(random, hash)).toBe(documentHash(document.toDelta()));
    });
  });

  it('begins again at the first chunk that changed', () => {
    const text = new Delta().insert('0123456789'.repeat(10_000));
    const hash = new RunningHash();
    const document = ChunkedDocument.of(text);
    hash.begin(document);
    while (hash.step(1_000) === null);
    const change = new Delta().retain(99_000).insert('late');
    hash.begin(document.apply(change));
    expect(hash.step(20_000)).toBe(documentHash(text.compose(change)));
  });
});
