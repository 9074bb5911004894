import type { Node } from '@tiptap/pm/model';
import { NodeSelection, TextSelection, type Selection, type Transaction } from '@tiptap/pm/state';
import type { Cell } from './formats';
import { deltaLength, lengthOf } from './positions';
import { inDocument, tableParts } from './table-parts';

/** A run of delta indices. */
export interface IndexRange {
  readonly start: number;
  readonly end: number;
}

/** A place of a grid: a cell, or a gap when it has no ranges. */
export interface GridCell extends IndexRange {
  readonly column: string;
  /** Where its lines stand: mostly in one run. `start` to `end` is the first; of a gap, where it would be. */
  readonly ranges: readonly IndexRange[];
}

/** A row of a grid with all its places. Between its first and its last index other rows' cells may stand. */
export interface GridRow extends IndexRange {
  readonly id: string;
  readonly cells: readonly GridCell[];
}

/** A table as it stands in a document. */
export interface Grid {
  /** Which of the document's top-level blocks it is. */
  readonly block: number;
  readonly id: string;
  readonly columns: readonly string[];
  readonly rows: readonly GridRow[];
  readonly start: number;
  readonly end: number;
}

/** The rectangle of a table that a selection touches, all borders included. */
export interface Area {
  readonly grid: Grid;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Whether a selection is a gap. */
export function isGapSelection(selection: Selection): selection is NodeSelection {
  return selection instanceof NodeSelection && selection.node.type.name === 'tableGap';
}

/** Whether a selection is a table as a whole. */
export function isTableSelection(selection: Selection): selection is NodeSelection {
  return selection instanceof NodeSelection && selection.node.type.name === 'table';
}

/** Selects the table around a position as a whole. */
export function selectTable(tr: Transaction, pos: number): Transaction {
  return tr.setSelection(NodeSelection.create(tr.doc, tr.doc.resolve(pos).before(1)));
}

/** What a selection touches of one table; null when it does not lie in one table's cells. */
export function areaOf(doc: Node, selection: Selection): Area | null {
  const { $from } = selection;
  // A selected gap ends where the next cell begins.
  const $to = isGapSelection(selection) ? $from : selection.$to;
  if ($from.depth < 2 || $to.depth < 2 || $from.node(2).type.name !== 'tableRow') return null;
  if ($to.index(0) !== $from.index(0)) return null;
  const columns = [$from.index(2), $to.index(2)];
  return {
    grid: gridAt(doc, $from.index(0)),
    top: $from.index(1),
    bottom: $to.index(1),
    left: Math.min(...columns),
    right: Math.max(...columns),
  };
}

/** The table that is this top-level block. */
export function gridAt(doc: Node, block: number): Grid {
  const table = doc.child(block);
  const start = lengthOf(doc.children.slice(0, block));
  const end = start + deltaLength(table);
  const columns = table.child(0).children.map((cell) => cell.attrs['column'] as string);
  const ranges = rangesOf(table, start);
  const rows = table.children.map((row, i) => gridRow(row.attrs['row'] as string, columns, ranges[i] ?? []));
  return { block, id: table.attrs['table'] as string, columns, rows, start, end };
}

function gridRow(id: string, columns: readonly string[], ranges: readonly (readonly IndexRange[])[]): GridRow {
  const all = ranges.flat();
  const start = Math.min(...all.map((range) => range.start));
  let next = ranges.find((own) => own.length > 0)?.[0]?.start ?? start;
  const cells = columns.map((column, i): GridCell => {
    const own = ranges[i] ?? [];
    const first = own[0] ?? { start: next, end: next };
    next = first.end;
    return { column, start: first.start, end: first.end, ranges: own };
  });
  return { id, start, end: Math.max(...all.map((range) => range.end)), cells };
}

/** Where the lines of each place of a table stand, row by row. */
function rangesOf(table: Node, start: number): IndexRange[][][] {
  const ranges = table.children.map((row) => row.children.map((): IndexRange[] => []));
  let index = start;
  const add = (row: number, column: number, length: number): void => {
    if (length > 0) ranges[row]?.[column]?.push({ start: index, end: index + length });
    index += length;
  };
  const parts = tableParts(table);
  if (parts === null) {
    table.children.forEach((row, i) => row.children.forEach((cell, j) => add(i, j, deltaLength(cell))));
  } else {
    for (const { row, column, blocks } of inDocument(parts)) add(row, column, lengthOf(blocks));
  }
  return ranges;
}

/** Where a place of a table stands in the document; null when there is no such place. */
export function cellPos(doc: Node, block: number, row: number, column: number): number | null {
  const table = doc.maybeChild(block);
  const line = table?.type.name === 'table' ? table.maybeChild(row) : null;
  if (table == null || line == null || column < 0 || line.maybeChild(column) === null) return null;
  const before = (node: Node, count: number): number =>
    node.children.slice(0, count).reduce((sum, child) => sum + child.nodeSize, 0);
  return before(doc, block) + 1 + before(table, row) + 1 + before(line, column);
}

/** The place of these ids that is the nearest to a delta index; ids may come again. */
export function findPlace(doc: Node, { table, row, column }: Cell, near: number): number | null {
  let best: { pos: number; distance: number } | null = null;
  doc.children.forEach((node, block) => {
    if (node.type.name !== 'table' || node.attrs['table'] !== table) return;
    const { rows, columns } = gridAt(doc, block);
    rows.forEach(({ id, start }, i) => {
      const pos = id === row ? cellPos(doc, block, i, columns.indexOf(column)) : null;
      const distance = Math.abs(start - near);
      if (pos !== null && (best === null || distance < best.distance)) best = { pos, distance };
    });
  });
  return (best as { pos: number } | null)?.pos ?? null;
}

/** Sets the selection into a place of a table: on its content, or a caret at its start or end; a gap itself. */
export function selectCell(tr: Transaction, pos: number, what: 'content' | 'start' | 'end'): Transaction {
  const { doc } = tr;
  const cell = doc.nodeAt(pos);
  if (cell === null || cell.type.name === 'tableGap') return tr.setSelection(NodeSelection.create(doc, pos));
  const $start = doc.resolve(pos + 1);
  const $end = doc.resolve(pos + cell.nodeSize - 1);
  if (what === 'content') return tr.setSelection(TextSelection.between($start, $end));
  return tr.setSelection(what === 'start' ? TextSelection.near($start, 1) : TextSelection.near($end, -1));
}
