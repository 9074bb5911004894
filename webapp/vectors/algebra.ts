import Delta, { AttributeMap, type Op } from 'quill-delta';
import { Random } from '../src/testing/random';
import { attributes, change, disorder, document, variant } from './values';

/** The seed of the file that is kept. */
export const ALGEBRA_SEED = 20_250_101;

type AttributeCase = { readonly a: AttributeMap; readonly b: AttributeMap; readonly r: AttributeMap };

/**
 * One case of the algebra: what is given, and as `r` what quill-delta makes of it.
 * `p` is the priority of a transform, `n` whether compose keeps nulls.
 */
export type AlgebraVector =
  | { readonly k: 'normal'; readonly a: Op[]; readonly r: Op[] }
  | { readonly k: 'compose' | 'invert' | 'diff'; readonly a: Op[]; readonly b: Op[]; readonly r: Op[] }
  | { readonly k: 'transform'; readonly a: Op[]; readonly b: Op[]; readonly p: boolean; readonly r: Op[] }
  | { readonly k: 'position'; readonly a: Op[]; readonly i: number; readonly p: boolean; readonly r: number }
  | ({ readonly k: 'attributes.compose'; readonly n: boolean } & AttributeCase)
  | ({ readonly k: 'attributes.transform'; readonly p: boolean } & AttributeCase)
  | ({ readonly k: 'attributes.invert' | 'attributes.diff' } & AttributeCase);

/** Cases of all kinds, always the same for a seed. */
export function* algebraVectors(seed: number): Iterable<AlgebraVector> {
  const random = new Random(seed);
  for (let i = 0; i < 3_000; i++) yield normal(disorder(random));
  for (let i = 0; i < 3_000; i++) {
    const a = document(random);
    yield compose(a, change(random, reach(random, a)));
  }
  for (let i = 0; i < 4_000; i++) yield compose(change(random, 12), change(random, 14));
  for (let i = 0; i < 3_000; i++) {
    const [a, b] = [change(random, 12), change(random, 12)];
    yield transform(a, b, false);
    yield transform(a, b, true);
  }
  for (let i = 0; i < 3_000; i++) {
    const base = document(random);
    yield invert(change(random, reach(random, base)), base);
  }
  for (let i = 0; i < 1_500; i++) {
    const a = change(random, 12);
    const index = random.below(16);
    yield position(a, index, false);
    yield position(a, index, true);
  }
  for (let i = 0; i < 1_500; ) {
    const a = document(random);
    const b = variant(random, a);
    if (!isWhole(a) || !isWhole(b)) continue;
    yield diff(a, b);
    i += 1;
  }
  for (let i = 0; i < 600; i++) yield* pair(attributes(random, 25), attributes(random, 25));
}

/** The file: one case a line. */
export function algebraText(seed: number): string {
  let text = '';
  for (const vector of algebraVectors(seed)) text += `${JSON.stringify(vector)}\n`;
  return text;
}

/** Whether no half of a surrogate pair stands alone: quill-delta's diff does not end on one. */
function isWhole(document: Delta): boolean {
  const text = document.map(({ insert }) => (typeof insert === 'string' ? insert : '\0')).join('');
  return !/\p{Surrogate}/u.test(text);
}

/** How far a change of a document goes: to its end, now and then beyond, where the algebra has an answer too. */
function reach(random: Random, document: Delta): number {
  return document.length() + (random.chance(5) ? 6 : 0);
}

/** As it comes from the wire: nothing of one argument is the same object as in another. */
function wire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function normal(a: Op[]): AlgebraVector {
  const pushed = new Delta();
  for (const op of wire(a)) pushed.push(op);
  return { k: 'normal', a, r: pushed.chop().ops };
}

function compose({ ops: a }: Delta, { ops: b }: Delta): AlgebraVector {
  return { k: 'compose', a, b, r: new Delta(wire(a)).compose(new Delta(wire(b))).ops };
}

function transform({ ops: a }: Delta, { ops: b }: Delta, p: boolean): AlgebraVector {
  return { k: 'transform', a, b, p, r: new Delta(wire(a)).transform(new Delta(wire(b)), p).ops };
}

function invert({ ops: a }: Delta, { ops: b }: Delta): AlgebraVector {
  return { k: 'invert', a, b, r: new Delta(wire(a)).invert(new Delta(wire(b))).ops };
}

function position({ ops: a }: Delta, i: number, p: boolean): AlgebraVector {
  return { k: 'position', a, i, p, r: new Delta(wire(a)).transformPosition(i, p) };
}

function diff({ ops: a }: Delta, { ops: b }: Delta): AlgebraVector {
  return { k: 'diff', a, b, r: new Delta(wire(a)).diff(new Delta(wire(b))).ops };
}

function* pair(a: AttributeMap, b: AttributeMap): Iterable<AlgebraVector> {
  for (const n of [false, true]) {
    yield { k: 'attributes.compose', a, b, n, r: AttributeMap.compose(wire(a), wire(b), n) ?? {} };
  }
  for (const p of [false, true]) {
    yield { k: 'attributes.transform', a, b, p, r: AttributeMap.transform(wire(a), wire(b), p) ?? {} };
  }
  yield { k: 'attributes.invert', a, b, r: AttributeMap.invert(wire(a), wire(b)) };
  yield { k: 'attributes.diff', a, b, r: AttributeMap.diff(wire(a), wire(b)) ?? {} };
}
