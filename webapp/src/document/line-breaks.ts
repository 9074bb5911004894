import Delta, { type AttributeMap } from 'quill-delta';
import type { Node } from '@tiptap/pm/model';
import { crossesCells, deleteBetween, isBeside } from './cells';
import { isDivider, lineFormat } from './formats';
import { formatsOf } from './page-formats';
import { lineAt, replacing, type PlacedLine } from './placed-lines';
import { deltaLength } from './positions';

/** What Enter does: splits the line, or leaves the container that an empty line stands in. */
export function breakLine(doc: Node, from: number, to: number): Delta {
  const here = lineAt(doc, from);
  if (from === to && here.start === here.end) {
    const leaving = leave(doc, here);
    if (leaving !== null) return leaving;
  }
  const formats = formatsOf(doc.type.schema);
  const known = formats.knownLineAttributes(here.line.attributes);
  if (crossesCells(doc, from, to)) {
    const emptied = deleteBetween(doc, from, to);
    return emptied.compose(new Delta().retain(emptied.transformPosition(from)).insert('\n', known));
  }
  const atStart = from === here.start && from !== here.end;
  const atEnd = from === here.end && from === to;
  const first: AttributeMap = { ...known };
  if (atStart) delete first['header'];
  if (atStart && first['list'] === 'checked') first['list'] = 'unchecked';
  const rest: AttributeMap = {};
  if (atEnd && known['header'] !== undefined) rest['header'] = null;
  for (const { name, continues } of formats.linesIn(known)) {
    if (atStart && continues === false) delete first[name];
    if (atEnd && continues === false) rest[name] = null;
  }
  if (!atStart && known['list'] === 'checked') rest['list'] = 'unchecked';
  const change = new Delta().retain(from).insert('\n', first).delete(to - from);
  return from === to ? change.retain(here.end - from).retain(1, rest).chop() : change;
}

/** An empty item moves out, then stops being one; an empty quoted line leaves the quote, then the callout, then what plugins made of it; two empty code lines end the code. */
function leave(doc: Node, here: PlacedLine): Delta | null {
  const { list, indent, quote, callout, code, header } = lineFormat(here.line.attributes);
  const set = (attributes: AttributeMap): Delta =>
    new Delta().retain(here.end).retain(1, attributes);
  if (code !== null) return leaveCode(doc, here);
  if (list !== null) return set(indent > 0 ? { indent: indent === 1 ? null : indent - 1 } : { list: null });
  if (quote) return set({ blockquote: null });
  if (callout !== null) return set({ callout: null });
  const theirs = formatsOf(doc.type.schema).linesIn(here.line.attributes)[0];
  if (theirs !== undefined) return set({ [theirs.name]: null });
  return header === null ? null : set({ header: null });
}

function leaveCode(doc: Node, here: PlacedLine): Delta | null {
  const above = here.start === 0 ? null : lineAt(doc, here.start - 1);
  const below = here.end + 1 < deltaLength(doc) ? lineAt(doc, here.end + 1) : null;
  const isCode = (line: PlacedLine | null): boolean =>
    line !== null && isBeside(here, line) && lineFormat(line.line.attributes).code !== null;
  if (above === null || !isCode(above) || above.start !== above.end || isCode(below)) return null;
  return new Delta().retain(above.start).delete(1).retain(1, { 'code-block': null });
}

/** What Backspace does at a line's start; null when there is nothing to do. Nothing joins over a cell's border. */
export function joinBackward(doc: Node, index: number): Delta | null {
  const here = lineAt(doc, index);
  const { list, indent, quote, callout, code, header } = lineFormat(here.line.attributes);
  const set = (attributes: AttributeMap): Delta =>
    new Delta().retain(here.end).retain(1, attributes);
  const line = here.start === 0 ? null : lineAt(doc, here.start - 1);
  const above = isBeside(here, line) ? line : null;
  const format = above === null ? null : lineFormat(above.line.attributes);
  if (code !== null && above !== null && format?.code != null) return join(above, here);
  if (list !== null) return set({ list: null });
  if (indent > 0) return set({ indent: indent === 1 ? null : indent - 1 });
  if (code !== null) return set({ 'code-block': null });
  if (quote && format?.quote !== true) return set({ blockquote: null });
  if (callout !== null && format?.callout !== callout) return set({ callout: null });
  const theirs = formatsOf(doc.type.schema).linesIn(here.line.attributes).find(({ name }) => above?.line.attributes[name] === undefined);
  if (theirs !== undefined) return set({ [theirs.name]: null });
  if (above === null) return header === null ? null : set({ header: null });
  return join(above, here);
}

/** What Delete does at a line's end; null at the end of a cell or of the document. */
export function joinForward(doc: Node, index: number): Delta | null {
  const here = lineAt(doc, index);
  const below = here.end + 1 < deltaLength(doc) ? lineAt(doc, here.end + 1) : null;
  return below !== null && isBeside(here, below) ? join(here, below) : null;
}

/** Joins two lines; the upper one's format stays, unless it is empty. A rule above or below goes as a whole. */
function join(upper: PlacedLine, lower: PlacedLine): Delta {
  const change = new Delta().retain(upper.start);
  if (upper.start === upper.end || isRule(upper)) return change.delete(lower.start - upper.start);
  const kept = new Delta().retain(upper.end).delete(1);
  const attributes = replacing(lower.line.attributes, upper.line.attributes);
  if (isRule(lower)) return kept.delete(1).retain(1, attributes);
  return kept.retain(lower.end - lower.start).retain(1, attributes);
}

function isRule({ line }: PlacedLine): boolean {
  const only = line.pieces[0]?.insert;
  return line.pieces.length === 1 && typeof only === 'object' && isDivider(only);
}
