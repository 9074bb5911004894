import { describe, expect, it } from 'vitest';
import stored from '../../plugin-api/src/test/resources/vectors/hashes.json';
import { ChunkedDocument } from '../src/sync/chunked-document';
import { documentHash } from '../src/testing/hash';
import { RunningHash } from '../src/sync/running-hash';
import { hashVectors, normal } from './hashes';

describe('the shared hashes', () => {
  it('are those of canonicalize; npm run vectors writes them anew', () => {
    const known = new Map(stored.map(({ canonical, hash }) => [canonical, hash]));
    expect(hashVectors((canonical) => known.get(canonical) ?? 'unknown')).toEqual(stored);
  });

  it.each(stored)('hold for $name', ({ json, hash }) => {
    expect(documentHash(normal(json))).toBe(hash);
  });

  it.each(stored)('hold for $name in chunks', ({ json, hash }) => {
    for (const length of [1, 2, 7, 100]) {
      const running = new RunningHash();
      running.begin(ChunkedDocument.of(normal(json), { length, ops: 2 }));
      expect(running.step(1_000_000)).toBe(hash);
    }
  });
});
