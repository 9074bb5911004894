import Delta, { type AttributeMap } from 'quill-delta';
import type { Node } from '@tiptap/pm/model';
import { lineLength, lines, type Line } from './lines';
import { deltaOf } from './linesOf';
import { deltaLength, posAt, textblockRange } from './positions';
import { tableParts } from './table-parts';

/** A line with its place: `start` to `end`, where its newline stands. */
export interface PlacedLine {
  readonly line: Line;
  readonly start: number;
  readonly end: number;
}

/**
 * The lines that hold some of what lies between two indices, in the order of the document. In a table
 * whose lines stand in another order than its grid, between means in the grid, as it is selected there.
 */
export function linesBetween(doc: Node, from: number, to: number): PlacedLine[] {
  const range = textblockRange(doc, Math.min(from, to), Math.max(from, to));
  const blocks = doc.children.slice(range.first, range.last + 1);
  const isBetween = blocks.some((block) => tableParts(block) !== null) ? inGrid(doc, from, to) : inText(from, to);
  return placedLines(blocks, range.start).filter(({ start, end }) => isBetween(start, end));
}

/** All lines of some top-level blocks, the first of which begins at an index. Between its ends a table need not show all of them. */
export function placedLines(blocks: readonly Node[], index: number): PlacedLine[] {
  let start = index;
  return lines(deltaOf(blocks)).map((line) => {
    const end = start + lineLength(line) - 1;
    const placed = { line, start, end };
    start = end + 1;
    return placed;
  });
}

type IsBetween = (start: number, end: number) => boolean;

function inText(from: number, to: number): IsBetween {
  return (start, end) => end >= from && start <= to;
}

function inGrid(doc: Node, from: number, to: number): IsBetween {
  const ends = [posAt(doc, from), posAt(doc, to)];
  return (start, end) => posAt(doc, end) >= Math.min(...ends) && posAt(doc, start) <= Math.max(...ends);
}

/** Whether an index is one of a line. */
export function holds({ start, end }: PlacedLine, index: number): boolean {
  return start <= index && index <= end;
}

/** The line that holds an index. */
export function lineAt(doc: Node, index: number): PlacedLine {
  const place = Math.min(index, deltaLength(doc) - 1);
  const [line] = linesBetween(doc, place, place);
  if (line === undefined) throw new RangeError('no line at this index');
  return line;
}

/** The lines that a selection means: a further line at whose start it ends is not among them. */
export function selectedLines(doc: Node, from: number, to: number): PlacedLine[] {
  const all = linesBetween(doc, from, to);
  return all.length > 1 ? all.filter(({ start }) => start !== to) : all;
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
