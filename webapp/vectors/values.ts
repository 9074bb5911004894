import Delta, { type AttributeMap, type Op } from 'quill-delta';
import type { Random } from '../src/testing/random';

/** Few names with few values, so that two random attributes often meet, equal or not. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  bold: [true, true, false],
  link: ['https://a.b/', '', 'mailto:é@b.c'],
  header: [1, 2, 0],
  size: [0.1, 1.5, -3, 5_000_000_000, 1e21, 1e-7],
  comment: [{ ids: [1, 2] }, { ids: [2, 1] }, { ids: [1, 2], by: { name: null } }, {}, []],
  cell: [{ table: 't', row: 1 }, { row: 1, table: 't' }, { table: 't', row: '1' }, [[], {}]],
};
const NAMES = Object.keys(VALUES);
const TEXTS = ['a', 'be', 'see', '\n', '\n\n', 'a\nb', '😀', 'x😀y', '😀😀', '"\\\u0001', 'Ωmega ', '\ud83d', '\ude00'];
const EMBEDS: readonly Record<string, unknown>[] = [
  { image: 'x.png' }, { image: 'y.png' }, { image: 1 }, { divider: true }, { divider: false }, { formula: '' },
  { map: { at: [1, { b: null }], zoom: 1.5 } }, { map: { zoom: 1.5, at: [1, { b: null }] } }, { map: [] },
];

/** Attributes as a change sets them; a null removes one. */
export function attributes(random: Random, nulls: number): AttributeMap {
  const result: AttributeMap = {};
  for (let i = random.pick([0, 0, 1, 1, 2, 3, 5]); i > 0; i--) {
    const name = random.pick(NAMES);
    result[name] = random.chance(nulls) ? null : structuredClone(random.pick(VALUES[name] ?? []));
  }
  return result;
}

function addInsert(random: Random, delta: Delta, nulls: number): void {
  const set = attributes(random, nulls);
  if (random.chance(20)) delta.insert(structuredClone(random.pick(EMBEDS)), set);
  else delta.insert(random.pick(TEXTS), set);
}

/** A document; it may be empty, and need not end with a newline. */
export function document(random: Random): Delta {
  const result = new Delta();
  for (let i = random.below(8); i > 0; i--) addInsert(random, result, 0);
  return result;
}

/** A change in normal form that spans at most so much of what it is made on. */
export function change(random: Random, most: number): Delta {
  const result = new Delta();
  let left = most;
  for (let i = random.below(8); i > 0; i--) {
    const length = 1 + random.below(4);
    const kind = random.below(4);
    if (kind === 0 || length > left) {
      addInsert(random, result, 5);
      continue;
    }
    left -= length;
    if (kind === 1) result.delete(length);
    else result.retain(length, kind === 2 ? attributes(random, 30) : {});
  }
  return result.chop();
}

/** Operations in any order, as nobody writes them. */
export function disorder(random: Random): Op[] {
  return Array.from({ length: random.below(9) }, (): Op => {
    const set = random.chance(50) ? {} : attributes(random, 20);
    const more = Object.keys(set).length > 0 ? { attributes: set } : {};
    const length = 1 + random.below(3);
    switch (random.below(4)) {
      case 0:
        return { delete: length };
      case 1:
        return { retain: length, ...more };
      case 2:
        return { insert: structuredClone(random.pick(EMBEDS)), ...more };
      default:
        return { insert: random.pick(TEXTS), ...more };
    }
  });
}

/** Another document with much of this one in it. */
export function variant(random: Random, of: Delta): Delta {
  if (random.chance(25)) return document(random);
  const edited = of.compose(change(random, of.length())).compose(change(random, of.length()));
  return edited.reduce((kept, op) => {
    if (op.insert === undefined) return kept;
    const set = Object.entries(op.attributes ?? {}).filter(([, value]) => value !== null);
    return kept.insert(op.insert, Object.fromEntries(set));
  }, new Delta());
}
