import Delta, { type AttributeMap } from 'quill-delta';
import type { Node } from '@tiptap/pm/model';
import { lineLength, lines, type Line } from './lines';
import { deltaOf } from './linesOf';
import { deltaLength, textblockRange } from './positions';

/** A line with its place: `start` to `end`, where its newline stands. */
export interface PlacedLine {
  readonly line: Line;
  readonly start: number;
  readonly end: number;
}

/** The lines that hold some of the indices from `from` to `to`. */
export function linesBetween(doc: Node, from: number, to: number): PlacedLine[] {
  const range = textblockRange(doc, from, to);
  const result: PlacedLine[] = [];
  let start = range.start;
  for (const line of lines(deltaOf(doc.children.slice(range.first, range.last + 1)))) {
    const end = start + lineLength(line) - 1;
    if (end >= from && start <= to) result.push({ line, start, end });
    start = end + 1;
  }
  return result;
}

/** The line that holds an index. */
export function lineAt(doc: Node, index: number): PlacedLine {
  const place = Math.min(index, deltaLength(doc) - 1);
  const [line] = linesBetween(doc, place, place);
  if (line === undefined) throw new RangeError('no line at this index');
  return line;
}

/** The lines that a selection means: a last line of which nothing is selected is not among them. */
export function selectedLines(doc: Node, from: number, to: number): PlacedLine[] {
  const all = linesBetween(doc, from, to);
  return all.length > 1 && all.at(-1)?.start === to ? all.slice(0, -1) : all;
}

/** The change that sets line attributes, line by line; null removes. */
export function formatLines(
  selected: readonly PlacedLine[],
  wanted: (line: Line, i: number) => AttributeMap,
): Delta {
  const change = new Delta();
  let index = 0;
  selected.forEach(({ line, end }, i) => {
    const differing = Object.entries(wanted(line, i)).filter(
      ([name, value]) => (line.attributes[name] ?? null) !== value,
    );
    change.retain(end - index).retain(1, Object.fromEntries(differing));
    index = end + 1;
  });
  return change.chop();
}

/** What to set so that a line gets those attributes instead of the ones it has. */
export function replacing(old: AttributeMap, wanted: AttributeMap): AttributeMap {
  return Delta.AttributeMap.diff(old, wanted) ?? {};
}
