// @vitest-environment happy-dom
import Delta, { type Op } from 'quill-delta';
import { beforeAll, describe, expect, it } from 'vitest';
import file from '../../plugin-api/src/test/resources/vectors/algebra.ndjson.gz?inline';
import { inverseOf } from '../src/document/apply';
import { documentChange } from '../src/sync/document-change';
import { splitChange } from '../src/sync/split';
import { ALGEBRA_SEED, algebraText, algebraVectors, type AlgebraVector } from './algebra';

const vectors: AlgebraVector[] = [];

function ofKind<K extends AlgebraVector['k']>(k: K): Extract<AlgebraVector, { k: K }>[] {
  return vectors.filter((vector): vector is Extract<AlgebraVector, { k: K }> => vector.k === k);
}

function line(ops: readonly Op[]): Delta {
  return new Delta(structuredClone(ops) as Op[]).insert('\n');
}

async function stored(): Promise<string> {
  const zipped = Uint8Array.from(atob(file.slice(file.indexOf(',') + 1)), (char) => char.charCodeAt(0));
  return new Response(new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

describe('the shared vectors of the algebra', () => {
  beforeAll(() => {
    vectors.push(...algebraVectors(ALGEBRA_SEED));
  });

  it('are what quill-delta says; npm run vectors writes them anew', async () => {
    expect((await stored()) === algebraText(ALGEBRA_SEED)).toBe(true);
  });

  it('hold for inverting by parts of a document', () => {
    const cases = ofKind('invert');
    expect(cases.length).toBe(3_000);
    for (const { a, b, r } of cases) {
      const base = new Delta(structuredClone(b));
      expect(inverseOf(new Delta(a), (from, to) => base.slice(from, to)).ops).toEqual(r);
    }
  });

  it('hold for a change that is sent in parts', () => {
    const cases = ofKind('compose');
    expect(cases.length).toBe(7_000);
    for (const [i, { a, b, r }] of cases.entries()) {
      const limits = { message: 256 + (i % 200), ops: 1 + (i % 5), cursorsPerSecond: 1 };
      const [first, rest] = splitChange(new Delta(structuredClone(b)), limits);
      expect(new Delta(structuredClone(a)).compose(first).compose(rest).ops).toEqual(r);
    }
  });

  it('hold for the change from one document to another', () => {
    const cases = ofKind('diff');
    expect(cases.length).toBe(1_500);
    for (const { a, b } of cases) {
      expect(line(a).compose(documentChange(line(a), line(b))).ops).toEqual(line(b).ops);
    }
  });
});
