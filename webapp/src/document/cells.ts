import Delta from 'quill-delta';
import type { Node } from '@tiptap/pm/model';
import { isSameCell, lineFormat, type Cell } from './formats';
import { holds, lineAt, linesBetween, replacing, type PlacedLine } from './placed-lines';
import { deltaLength } from './positions';

/*
 * A cell ends where its last newline stands: without it the next cell would take its text. So what
 * deletes or joins lines leaves that newline, unless the whole table goes.
 */

/** The cell that a line is of; null outside of tables. */
export function cellOf({ line }: PlacedLine): Cell | null {
  return lineFormat(line.attributes).cell;
}

/** Whether a line is of the same cell as the one there, or both are outside of tables; there may be none. */
export function isBeside(line: PlacedLine, other: PlacedLine | null): boolean {
  return other !== null && isSameCell(cellOf(line), cellOf(other));
}

/** Whether a range reaches over the border of a cell while at least one of its ends lies in a table. */
export function crossesCells(doc: Node, from: number, to: number): boolean {
  const lines = linesBetween(doc, from, to);
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return false;
  if (cellOf(first) === null && cellOf(last) === null) return false;
  return lines.some((line, i) => !isBeside(first, line) || (i > 0 && line.start !== (lines[i - 1]?.end ?? 0) + 1));
}

/** Deletes a selection over several lines: the first line's format stays, unless all of it goes. */
export function deleteBetween(doc: Node, from: number, to: number): Delta {
  if (crossesCells(doc, from, to)) return emptyBetween(doc, from, to);
  const first = lineAt(doc, from);
  const last = lineAt(doc, to);
  const change = new Delta().retain(from).delete(to - from);
  if (from === first.start || first.start === last.start) return change;
  return change
    .retain(last.end - to)
    .retain(1, replacing(last.line.attributes, first.line.attributes));
}

/** Deletes what is selected over several cells; the cells stay, and what is outside of them does not join. */
function emptyBetween(doc: Node, from: number, to: number): Delta {
  const lines = linesBetween(doc, from, to);
  const kept = keptTables(lines);
  const change = new Delta();
  let index = 0;
  let isOpen = false;
  lines.forEach((line, i) => {
    const start = holds(line, from) ? from : line.start;
    const next = lines[i + 1] ?? null;
    const outside = cellOf(line) === null;
    // What is left in front of `from` runs into the next line of its cell, never into what stands between the two.
    const isCut = isOpen || start > line.start;
    const isFollowed = next !== null && isBeside(line, next) && (!isCut || next.start === line.end + 1);
    // Outside the first and the last line stay, if only in part; in a cell the last.
    const goes = outside ? i > 0 && next !== null : !kept.has(i) || isFollowed;
    isOpen = goes && isCut;
    const end = goes ? line.end + 1 : holds(line, to) ? to : line.end;
    if (end <= start) return;
    change.retain(start - index).delete(end - start);
    index = end;
  });
  return change;
}

/** The lines of those tables that the selection begins or ends in; others are selected as a whole. */
function keptTables(lines: readonly PlacedLine[]): Set<number> {
  const kept = new Set<number>();
  const tables = lines.map((line) => cellOf(line)?.table);
  const collect = (at: number, step: 1 | -1): void => {
    const table = tables[at];
    for (let i = at; table !== undefined && tables[i] === table; i += step) kept.add(i);
  };
  collect(0, 1);
  collect(lines.length - 1, -1);
  return kept;
}

/** What a key does at the border of a table: a change, and where the caret goes; `whole` selects the table there. */
export interface AtEdge {
  readonly change: Delta;
  readonly caret: number;
  readonly whole?: true;
}

/** What Backspace does at the start of a line below, or in, another cell: it joins nothing, but takes an empty line. */
export function edgeAbove(doc: Node, here: PlacedLine): AtEdge | null {
  const above = here.start === 0 ? null : lineAt(doc, here.start - 1);
  if (isBeside(here, above)) return null;
  if (cellOf(here) !== null) return { change: new Delta(), caret: here.start };
  if (above === null) return null;
  const isLast = here.end + 1 === deltaLength(doc);
  if (here.start < here.end || isLast) return { change: new Delta(), caret: above.end, whole: true };
  return { change: new Delta().retain(here.start).delete(1), caret: above.end };
}

/** What Delete does at the end of a line above, or in, another cell: it joins nothing, but takes an empty line. */
export function edgeBelow(doc: Node, here: PlacedLine): AtEdge | null {
  const below = here.end + 1 < deltaLength(doc) ? lineAt(doc, here.end + 1) : null;
  if (isBeside(here, below)) return null;
  if (cellOf(here) !== null) return { change: new Delta(), caret: here.end };
  if (below === null) return null;
  if (here.start < here.end) return { change: new Delta(), caret: below.start, whole: true };
  return { change: new Delta().retain(here.start).delete(1), caret: here.start };
}
