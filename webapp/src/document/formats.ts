import type { AttributeMap } from 'quill-delta';

/** A JSON object, as it stands in attributes and embeds. */
export type JsonObject = Record<string, unknown>;

/** The four values of the line attribute `list`. */
export type ListValue = 'bullet' | 'ordered' | 'checked' | 'unchecked';

/** The deepest indentation of a line. */
export const MAX_INDENT = 8;

/** The inline attributes whose only value is `true`; each is a mark of the same name. */
export const TOGGLES: readonly string[] = ['bold', 'italic', 'underline', 'strike', 'code'];

/** The names of the built-in line attributes. */
export const LINE_NAMES: readonly string[] = ['header', 'list', 'indent', 'blockquote', 'code-block', 'align', 'callout', 'cell'];

/** The values of the line attribute `align`; a line without it begins at the left. */
export const ALIGNMENTS = ['center', 'right', 'justify'] as const;

/** One of {@link ALIGNMENTS}. */
export type Alignment = (typeof ALIGNMENTS)[number];

/** The values of the line attribute `callout`. */
export const CALLOUTS = ['note', 'tip', 'important', 'warning', 'caution'] as const;

/** One of {@link CALLOUTS}. */
export type CalloutKind = (typeof CALLOUTS)[number];

/** The line attribute `cell`: which table, row and column a line belongs to, each by a lasting id. */
export interface Cell {
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

const CELL_ID = /^[A-Za-z0-9_-]{1,32}$/;
const LANGUAGE = /^[A-Za-z0-9+#._-]{1,32}$/;
const LONGEST_LINK = 2_048;
const ABSOLUTE_LINK = /^(https?:\/\/|mailto:.)/i;
const RELATIVE_LINK = /^([#?]|\/(?!\/))/;
/**
 * What no link holds: blanks, separators, control and format characters, halves of surrogate pairs, and
 * what ends an address in HTML or Markdown. They are named one by one, as the server does, for each
 * Java and each browser knows another Unicode.
 */
const LINK_REFUSED =
  // eslint-disable-next-line no-control-regex -- control characters are meant
  /[\0-\x20"<>\\\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff\ufff9-\ufffb\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}]/u;

/** Whether a link may be stored: http, https, mailto, or relative to the page. The server takes no others. */
export function isLink(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= LONGEST_LINK &&
    !LINK_REFUSED.test(value) &&
    (ABSOLUTE_LINK.test(value) || RELATIVE_LINK.test(value))
  );
}

/** Whether a value names a code block's language. */
export function isLanguage(value: unknown): value is string {
  return typeof value === 'string' && LANGUAGE.test(value);
}

/** Whether a value is an alignment other than to the left. */
export function isAlignment(value: unknown): value is Alignment {
  return ALIGNMENTS.some((known) => known === value);
}

/** Whether a value is a kind of callout. */
export function isCalloutKind(value: unknown): value is CalloutKind {
  return CALLOUTS.some((known) => known === value);
}

/** Whether a value can be the id of a table, a row or a column. */
export function isCellId(value: unknown): value is string {
  return typeof value === 'string' && CELL_ID.test(value);
}

/** Whether a value says of which table, row and column a line is, and nothing else. */
export function isCell(value: unknown): value is Cell {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { table, row, column, ...rest } = value as JsonObject;
  return [table, row, column].every(isCellId) && Object.keys(rest).length === 0;
}

/** Whether two lines are of the same cell, or both of none. */
export function isSameCell(a: Cell | null, b: Cell | null): boolean {
  if (a === null || b === null) return a === b;
  return a.table === b.table && a.row === b.row && a.column === b.column;
}

function isListValue(value: unknown): value is ListValue {
  return value === 'bullet' || value === 'ordered' || value === 'checked' || value === 'unchecked';
}

function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
}

/** Whether this is a built-in inline attribute. */
export function isInlineFormat(name: string, value: unknown): boolean {
  return TOGGLES.includes(name) ? value === true : name === 'link' && isLink(value);
}

/** Whether this is a built-in line attribute. */
export function isLineFormat(name: string, value: unknown): boolean {
  switch (name) {
    case 'header':
      return isWithin(value, 3);
    case 'list':
      return isListValue(value);
    case 'indent':
      return isWithin(value, MAX_INDENT);
    case 'blockquote':
      return value === true;
    case 'code-block':
      return value === true || isLanguage(value);
    case 'align':
      return isAlignment(value);
    case 'callout':
      return isCalloutKind(value);
    case 'cell':
      return isCell(value);
    default:
      return false;
  }
}

/** Whether an embed is the horizontal rule, the one embed that is built in. */
export function isDivider(embed: JsonObject): boolean {
  return embed['divider'] === true && Object.keys(embed).length === 1;
}

/** A line's attributes, sorted into those that shape the tree and the rest: a plugin's, or only kept. */
export interface LineFormat {
  readonly cell: Cell | null;
  readonly callout: CalloutKind | null;
  readonly quote: boolean;
  readonly list: ListValue | null;
  readonly indent: number;
  /** `true`, a language, or null when the line is no code. */
  readonly code: true | string | null;
  readonly header: number | null;
  readonly align: Alignment | null;
  readonly extra: AttributeMap;
}

/** Reads a line's attributes; a value that no built-in rule knows goes to `extra` as it is. */
export function lineFormat(attributes: AttributeMap): LineFormat {
  const extra: AttributeMap = {};
  const known: AttributeMap = {};
  for (const [name, value] of Object.entries(attributes)) {
    (isLineFormat(name, value) ? known : extra)[name] = value;
  }
  return {
    cell: (known['cell'] as Cell | undefined) ?? null,
    callout: (known['callout'] as CalloutKind | undefined) ?? null,
    quote: known['blockquote'] === true,
    list: (known['list'] as ListValue | undefined) ?? null,
    indent: (known['indent'] as number | undefined) ?? 0,
    code: (known['code-block'] as true | string | undefined) ?? null,
    header: (known['header'] as number | undefined) ?? null,
    align: (known['align'] as Alignment | undefined) ?? null,
    extra,
  };
}

/** The part of a line's attributes that says in which containers it stands: cell, callout and quote. */
export function containersOf(attributes: AttributeMap): AttributeMap {
  const { cell, callout, quote } = lineFormat(attributes);
  return {
    ...(cell === null ? {} : { cell }),
    ...(callout === null ? {} : { callout }),
    ...(quote ? { blockquote: true } : {}),
  };
}
