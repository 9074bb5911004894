import Delta, { type AttributeMap, type Op } from 'quill-delta';
import type { PageFormats } from './page-formats';

/*
 * What a client may send. The server refuses a new format that nobody has declared, and no client
 * takes away what it does not know. So of every local change only this is kept: text without
 * control characters, known formats, known embeds; deletions that leave unknown embeds standing.
 */

// eslint-disable-next-line no-control-regex -- all but tab and newline
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text without what must not enter a document: carriage returns, control characters, half characters. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(CONTROLS, '').replace(LONE_SURROGATES, '');
}

/**
 * The part of a change that may be sent. `contentAt` gives the document's content before the change
 * between two delta indices. The change itself is returned when nothing needs to go.
 */
export function allowedChange(
  change: Delta,
  contentAt: (from: number, to: number) => Delta,
  formats: PageFormats,
): Delta {
  const result = new Delta();
  let index = 0;
  for (const op of change.ops) {
    if (op.insert !== undefined) {
      insertAllowed(op, formats, result);
    } else if (op.delete !== undefined) {
      deleteAllowed(contentAt(index, index + op.delete), formats, result);
      index += op.delete;
    } else if (typeof op.retain === 'number') {
      if (op.attributes === undefined) result.retain(op.retain);
      else retainAllowed(contentAt(index, index + op.retain), op.attributes, formats, result);
      index += op.retain;
    }
  }
  result.chop();
  return sameChange(change, result) ? change : result;
}

function sameChange(a: Delta, b: Delta): boolean {
  return a.ops.length === b.ops.length && JSON.stringify(a.ops) === JSON.stringify(b.ops);
}

function insertAllowed(op: Op, formats: PageFormats, result: Delta): void {
  if (typeof op.insert === 'object') {
    if (formats.isEmbed(op.insert)) result.insert(op.insert, keep(op.attributes, knownAt('', formats)));
    return;
  }
  forEachPart(cleanText(op.insert ?? ''), (part) => {
    result.insert(part, keep(op.attributes, knownAt(part, formats)));
  });
}

function deleteAllowed(content: Delta, formats: PageFormats, result: Delta): void {
  for (const op of content.ops) {
    if (typeof op.insert === 'object' && !formats.isEmbed(op.insert)) result.retain(1);
    else result.delete(Delta.Op.length(op));
  }
}

function retainAllowed(content: Delta, attributes: AttributeMap, formats: PageFormats, result: Delta): void {
  for (const op of content.ops) {
    const old = op.attributes ?? {};
    if (typeof op.insert !== 'string') {
      result.retain(1, settable(attributes, old, knownAt('', formats)));
    } else {
      forEachPart(op.insert, (part) => {
        result.retain(part.length, settable(attributes, old, knownAt(part, formats)));
      });
    }
  }
}

type Known = (name: string, value: unknown) => boolean;

/** What is known of the attributes of a newline, or of anything else. */
function knownAt(part: string, formats: PageFormats): Known {
  return (name, value) => (part === '\n' ? formats.isLine(name, value) : formats.isInline(name, value));
}

function keep(attributes: AttributeMap | undefined, known: Known): AttributeMap {
  const entries = Object.entries(attributes ?? {});
  return Object.fromEntries(entries.filter(([name, value]) => known(name, value)));
}

function settable(attributes: AttributeMap, old: AttributeMap, known: Known): AttributeMap {
  return keep(attributes, (name, value) => known(name, value === null ? old[name] : value));
}

/** Calls for each newline by itself and for each text between. */
function forEachPart(text: string, use: (part: string) => void): void {
  for (const part of text.split(/(\n)/)) if (part !== '') use(part);
}
