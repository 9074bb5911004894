import type { AttributeMap } from 'quill-delta';

/** A JSON object, as it stands in attributes and embeds. */
export type JsonObject = Record<string, unknown>;

/** The four values of the line attribute `list`. */
export type ListValue = 'bullet' | 'ordered' | 'checked' | 'unchecked';

/** The deepest indentation of a line. */
export const MAX_INDENT = 8;

/** The inline attributes whose only value is `true`; each is a mark of the same name. */
export const TOGGLES: readonly string[] = ['bold', 'italic', 'underline', 'strike', 'code'];

const LANGUAGE = /^[A-Za-z0-9+#._-]{1,32}$/;
const LONGEST_LINK = 2_048;
const ABSOLUTE_LINK = /^(https?:\/\/|mailto:.)/i;
const RELATIVE_LINK = /^([#?]|\/(?!\/))/;
// eslint-disable-next-line no-control-regex -- what browsers skip, what is not seen, what ends an address
const LINK_REFUSED = /[\u0000-\u0020\u007f-\u00a0\\<>"\p{Cf}\p{Cs}]/u;

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

function isListValue(value: unknown): value is ListValue {
  return value === 'bullet' || value === 'ordered' || value === 'checked' || value === 'unchecked';
}

function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
}

/** Whether this is an inline attribute that this client can show and set. */
export function isInlineFormat(name: string, value: unknown): boolean {
  return TOGGLES.includes(name) ? value === true : name === 'link' && isLink(value);
}

/** Whether this is a line attribute that this client can show and set. */
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
    default:
      return false;
  }
}

/** Whether an embed is the horizontal rule, the one embed that this client knows. */
export function isDivider(embed: JsonObject): boolean {
  return embed['divider'] === true && Object.keys(embed).length === 1;
}

/** A line's attributes, sorted into those that shape the tree and the rest, which is only kept. */
export interface LineFormat {
  readonly quote: boolean;
  readonly list: ListValue | null;
  readonly indent: number;
  /** `true`, a language, or null when the line is no code. */
  readonly code: true | string | null;
  readonly header: number | null;
  readonly extra: AttributeMap;
}

/** Reads a line's attributes; a value that no rule knows goes to `extra` as it is. */
export function lineFormat(attributes: AttributeMap): LineFormat {
  const extra: AttributeMap = {};
  const known: AttributeMap = {};
  for (const [name, value] of Object.entries(attributes)) {
    (isLineFormat(name, value) ? known : extra)[name] = value;
  }
  return {
    quote: known['blockquote'] === true,
    list: (known['list'] as ListValue | undefined) ?? null,
    indent: (known['indent'] as number | undefined) ?? 0,
    code: (known['code-block'] as true | string | undefined) ?? null,
    header: (known['header'] as number | undefined) ?? null,
    extra,
  };
}

/** The part of a line's attributes that a new line may carry: those that this client knows. */
export function knownLineAttributes(attributes: AttributeMap): AttributeMap {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name, value]) => isLineFormat(name, value)),
  );
}
