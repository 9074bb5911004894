import Delta, { type AttributeMap } from 'quill-delta';
import type { Random } from './random';

const WORDS = ['a', 'be', 'see', 'dúr', '😀', 'x y', '  ', 'Ωmega', 'tab\tbed'];

/** How odd the random attributes are: `known` stays with what a client may send. */
export type Oddness = 'known' | 'odd';

/** A random document: many combinations of line attributes, and unknown formats when it may be odd. */
export function randomDocument(random: Random, oddness: Oddness, most = 12): Delta {
  const document = new Delta();
  const tables = random.chance(60);
  let attributes: AttributeMap = {};
  let cell: AttributeMap = {};
  for (let i = random.below(tables ? most + 4 : most); i >= 0; i--) {
    if (random.chance(60)) attributes = lineAttributes(random, oddness);
    if (tables) cell = nextCell(random, cell);
    randomContent(random, document, oddness);
    document.insert('\n', { ...attributes, ...cell });
  }
  return document;
}

const TABLES = ['t', 't', 't', 'u'];
const ROWS = ['r', 's', 'q'];
const COLUMNS = ['a', 'b', 'c', 'd'];

/** So few ids that they come again, out of order, in rows of any length. */
function randomCell(random: Random): AttributeMap {
  return { cell: { table: random.pick(TABLES), row: random.pick(ROWS), column: random.pick(COLUMNS) } };
}

/** Mostly the cell to the right or the next row's first one, as in a table that nobody has touched. */
function nextCell(random: Random, before: AttributeMap): AttributeMap {
  const { cell } = before;
  if (cell === undefined || random.chance(15)) return random.chance(60) ? randomCell(random) : {};
  if (random.chance(20)) return before;
  const { table, row, column } = cell as Record<'table' | 'row' | 'column', string>;
  const right = COLUMNS[COLUMNS.indexOf(column) + 1 + random.below(random.chance(80) ? 1 : 2)];
  if (right !== undefined) return { cell: { table, row, column: right } };
  return { cell: { table, row: ROWS[ROWS.indexOf(row) + 1] ?? random.pick(ROWS), column: random.pick(COLUMNS) } };
}

function randomContent(random: Random, delta: Delta, oddness: Oddness): void {
  for (let i = random.below(4); i > 0; i--) {
    const attributes = inlineAttributes(random, oddness);
    if (random.chance(8)) delta.insert({ divider: true }, attributes);
    else if (oddness === 'odd' && random.chance(8)) delta.insert(randomEmbed(random), attributes);
    else delta.insert(random.pick(WORDS), attributes);
  }
}

function randomEmbed(random: Random): Record<string, unknown> {
  return random.pick([
    { image: 'x.png' }, { divider: false }, { divider: true, more: 1 }, { map: { at: [1, { b: null }] } },
  ]);
}

/** Random attributes of a line. */
export function lineAttributes(random: Random, oddness: Oddness): AttributeMap {
  const attributes: AttributeMap = {};
  if (random.chance(30)) attributes['header'] = 1 + random.below(3);
  if (random.chance(45)) attributes['list'] = random.pick(['bullet', 'ordered', 'checked', 'unchecked']);
  if (random.chance(40)) attributes['indent'] = 1 + random.below(random.chance(70) ? 3 : 8);
  if (random.chance(25)) attributes['blockquote'] = true;
  if (random.chance(25)) attributes['code-block'] = random.pick([true, 'go', 'c++', 'true']);
  if (random.chance(20)) attributes['align'] = random.pick(['center', 'right', 'justify']);
  if (random.chance(20)) attributes['callout'] = random.pick(['note', 'tip', 'important', 'warning', 'caution']);
  if (random.chance(15)) Object.assign(attributes, randomCell(random));
  if (oddness === 'odd' && random.chance(30)) {
    Object.assign(attributes, random.pick<AttributeMap>([
      { header: 7 }, { header: '1' }, { list: 'stars' }, { indent: 9 }, { indent: 1.5 },
      { blockquote: 'x' }, { 'code-block': 'bad name!' }, { 'code-block': false },
      { align: 'left' }, { callout: 'danger' }, { callout: true }, { cell: true }, { cell: { table: 't', row: 'r' } },
      { cell: { table: 't', row: 'r', column: 1 } }, { cell: { table: 't', row: 'r', column: 'a', more: 1 } },
      { cell: { table: 't', row: 'r', column: 'a b' } }, { cell: ['t', 'r', 'a'] }, { bold: true }, { link: 'https://a.b' },
    ]));
  }
  return attributes;
}

/** Random attributes of text. */
export function inlineAttributes(random: Random, oddness: Oddness): AttributeMap {
  const attributes: AttributeMap = {};
  for (const name of ['bold', 'italic', 'underline', 'strike', 'code']) {
    if (random.chance(15)) attributes[name] = true;
  }
  if (random.chance(12)) attributes['link'] = random.pick(['https://a.b/?c', 'mailto:a@b.c', '/p', '#x']);
  if (oddness === 'odd' && random.chance(25)) {
    Object.assign(attributes, random.pick<AttributeMap>([
      { bold: false }, { code: 1 }, { link: 'javascript:alert(1)' }, { link: '//a.b' }, { link: 5 },
      { color: 'red', size: 3 }, { comment: { id: [1, 2] } }, { header: 1 }, { list: 'bullet' },
    ]));
  }
  return attributes;
}

/** A random change that the protocol allows against a document. */
export function randomChange(random: Random, document: Delta): Delta {
  const length = document.length();
  const change = new Delta();
  let index = 0;
  for (let i = 1 + random.below(3); i > 0 && index < length; i--) {
    const skip = random.below(length - index);
    change.retain(skip);
    index += skip;
    const rest = length - 1 - index;
    const kind = random.below(4);
    if (kind === 0) randomContent(random, change, 'known');
    else if (kind === 1) change.insert('\n', lineAttributes(random, 'known'));
    else if (kind === 2 && rest > 0) {
      const end = unsplit(document, index, Math.min(rest, 1 + random.below(6)));
      change.delete(end);
      index += end;
    } else index += format(random, document, change, index);
  }
  return wholeCharacters(document, change) ? change.chop() : new Delta();
}

function format(random: Random, document: Delta, change: Delta, index: number): number {
  const char = document.slice(index, index + 1).ops[0];
  const nothing = (names: AttributeMap): AttributeMap =>
    random.chance(30) ? Object.fromEntries(Object.keys(names).map((name) => [name, null])) : names;
  const attributes =
    char?.insert === '\n' ? lineAttributes(random, 'known') : inlineAttributes(random, 'known');
  change.retain(1, nothing(attributes));
  return 1;
}

function unsplit(document: Delta, index: number, length: number): number {
  return splitsPair(document, index + length) ? length + 1 : length;
}

function wholeCharacters(document: Delta, change: Delta): boolean {
  let index = 0;
  for (const op of change.ops) {
    if (splitsPair(document, index)) return false;
    if (op.insert === undefined) index += Delta.Op.length(op);
  }
  return !splitsPair(document, index);
}

function splitsPair(document: Delta, index: number): boolean {
  const part = document.slice(Math.max(0, index - 1), index + 1).ops.map((op) => op.insert);
  return typeof part[0] === 'string' && /^[\ud800-\udbff][\udc00-\udfff]/.test(part.join(''));
}
