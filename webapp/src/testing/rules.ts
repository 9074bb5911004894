import Delta, { type AttributeMap, type Op } from 'quill-delta';
import { refusedIn } from '../../vectors/characters';
import { BUILT_IN, type PageFormats } from '../document';

/*
 * The server's rules for a change, as its DocumentCheck has them. A thing that is no text is one
 * character in a flattened document.
 */

const THING = '\ufffc';
const MOST_ATTRIBUTES = 32;
const FORMAT_NAME = /^[a-z][a-z0-9-]{0,63}$/;
// eslint-disable-next-line no-control-regex -- all but tab and newline
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
const NOT_IN_LINKS = refusedIn('link');
const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** What is wrong with a change of that document; null when the server takes it. */
export function changeFault(document: Delta, change: Delta, formats: PageFormats = BUILT_IN): string | null {
  const text = flat(document);
  let at = 0;
  for (const op of change.ops) {
    const fault = op.insert === undefined ? spanFault(text, at, op, formats) : insertFault(text, at, op, formats);
    if (fault !== null) return `${fault}: ${JSON.stringify(op)} at ${at}`;
    if (op.insert === undefined) at += Delta.Op.length(op);
  }
  return null;
}

function flat(document: Delta): string {
  return document.ops.map(({ insert }) => (typeof insert === 'string' ? insert : THING)).join('');
}

function insertFault(text: string, at: number, { insert, attributes = {} }: Op, formats: PageFormats): string | null {
  if (at >= text.length) return 'after the last newline';
  if (splits(text, at)) return 'a split surrogate pair';
  if (Object.values(attributes).includes(null)) return 'an insert with null';
  if (typeof insert === 'object') {
    return formats.isEmbed(insert) ? attributesFault(attributes, THING, formats) : 'an unknown embed';
  }
  if (insert === undefined || insert === '') return 'an empty insert';
  if (CONTROL.test(insert)) return 'a control character';
  if (HALF.test(insert)) return 'half of a surrogate pair';
  return attributesFault(attributes, insert, formats);
}

function spanFault(text: string, at: number, op: Op, formats: PageFormats): string | null {
  const length = op.delete ?? op.retain;
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 1) return 'no length';
  const end = at + length;
  if (end > text.length) return 'over the end of the document';
  if (op.delete === undefined && op.attributes === undefined) return null;
  if (splits(text, at) || splits(text, end)) return 'a split surrogate pair';
  if (op.delete !== undefined) return end === text.length ? 'the last newline deleted' : null;
  return attributesFault(op.attributes ?? {}, text.slice(at, end), formats);
}

function attributesFault(attributes: AttributeMap, on: string, formats: PageFormats): string | null {
  const entries = Object.entries(attributes);
  if (entries.length > MOST_ATTRIBUTES) return 'too many attributes';
  for (const [name, value] of entries) {
    if (value === null ? !FORMAT_NAME.test(name) : !fits(name, value, on, formats)) return `the attribute ${name}`;
  }
  return null;
}

/** The server's rule for addresses, apart from the client's own. */
function isAddress(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 2_048) return false;
  const refused = [...value].some((char) => NOT_IN_LINKS.has(char.codePointAt(0) ?? 0));
  return !refused && (/^(https?:\/\/|mailto:.)/i.test(value) || /^[#?]/.test(value) || /^\/(?!\/)/.test(value));
}

/** The server's rule for cells. */
function isPlace(value: unknown): boolean {
  if (Object.prototype.toString.call(value) !== '[object Object]') return false;
  const entries = Object.entries(value as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1));
  const ids = entries.every(([, id]) => typeof id === 'string' && /^[\w-]{1,32}$/.test(id));
  return ids && entries.map(([name]) => name).join() === 'column,row,table';
}

function fits(name: string, value: unknown, on: string, formats: PageFormats): boolean {
  if (name === 'link' && !isAddress(value)) return false;
  if (name === 'cell' && !isPlace(value)) return false;
  if (formats.isInline(name, value)) return !on.includes('\n');
  return formats.isLine(name, value) && /^\n+$/.test(on);
}

function splits(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1));
}
