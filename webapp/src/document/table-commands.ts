import Delta, { type AttributeMap } from 'quill-delta';
import type { Node } from '@tiptap/pm/model';
import type { Cell } from './formats';
import type { Area, Grid, GridCell } from './grid';
import { editLines, type LineEdit } from './line-edits';
import type { LineCommand } from './line-formats';
import { formatsOf } from './page-formats';
import { lineAt, replacing } from './placed-lines';
import { deltaLength } from './positions';
import { isGap, placesIn } from './table-places';
import { MOST_COLUMNS } from './tables';

/** Gives ids that nobody else gives, also not at the same time. */
export type IdSource = () => string;

const ID_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A random id of 48 bits: short, as it stands on every line, and never the same twice in a page. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => ID_CHARACTERS[byte & 63]).join('');
}

/** A change of a table, given the part of it that is selected; null when it cannot be done. */
export type TableCommand = (doc: Node, area: Area, newId: IdSource) => Delta | null;

/*
 * The order of a table's columns follows from its lines. When the first row has a line for each of
 * them, it alone says the order, and nothing that is put in or taken out elsewhere can change it. So
 * every command also fills what gaps the first row has.
 *
 * A row and a column that two people add at once write at one place where a row ends. Which of them
 * stands first in the lines is chance, and no matter: ids say what belongs together.
 */

/** Puts a new table with that many rows and columns below the line, above it when the line is empty. */
export function insertTable(rows: number, columns: number, newId: IdSource): LineCommand {
  return (doc, _from, to) => {
    const here = lineAt(doc, to);
    if (here.line.attributes['cell'] !== undefined) return new Delta();
    const table = newTable(rows, columns, newId);
    if (here.start === here.end || to === here.start) return editLines(doc, [{ at: here.start, insert: table }]);
    if (to === here.end && here.end + 1 < deltaLength(doc)) return editLines(doc, [{ at: here.end + 1, insert: table }]);
    const known = formatsOf(doc.type.schema).knownLineAttributes(here.line.attributes);
    const change = new Delta().retain(to).insert('\n', known);
    for (const line of table) change.insert('\n', line);
    // What stays below the table of a line that ended here is a plain line.
    return to === here.end ? change.retain(1, replacing(known, {})) : change;
  };
}

function newTable(rows: number, columns: number, newId: IdSource): AttributeMap[] {
  const table = newId();
  const columnIds = Array.from({ length: columns }, newId);
  return Array.from({ length: rows }, newId).flatMap((row) =>
    columnIds.map((column) => lineOf({ table, row, column })),
  );
}

function lineOf(cell: Cell): AttributeMap {
  return { cell };
}

/** The lines for every gap of a row. */
function filled(grid: Grid, at: number, but: ReadonlySet<string> = new Set()): LineEdit[] {
  const row = grid.rows[at];
  if (row === undefined || !row.cells.some((cell) => isGap(cell) && !but.has(cell.column))) return [];
  const places = placesIn(grid);
  return row.cells.flatMap((cell, j) =>
    isGap(cell) && !but.has(cell.column)
      ? [{ at: places.between(at, at, j, j, cell.start), insert: [lineOf({ table: grid.id, row: row.id, column: cell.column })] }]
      : [],
  );
}

/** Gives a gap the line that it lacks. */
export const fillGap: TableCommand = (doc, { grid, top, left }) => {
  const row = grid.rows[top];
  const gap = row?.cells[left];
  if (row === undefined || gap === undefined || !isGap(gap)) return null;
  const others = new Set(grid.columns.filter((column) => column !== gap.column));
  return editLines(doc, [...filled(grid, 0), ...(top === 0 ? [] : filled(grid, top, others))]);
};

/** Puts a row above or below what is selected. */
export function addRow(side: 'above' | 'below'): TableCommand {
  return (doc, { grid, top, bottom }, newId) => {
    const [above, below] = side === 'above' ? [top - 1, top] : [bottom, bottom + 1];
    let at = side === 'above' ? grid.rows[below]?.start : grid.rows[above]?.end;
    if (at === undefined) return null;
    const id = newId();
    const places = placesIn(grid);
    const own = grid.columns.map((column, j): LineEdit => {
      at = places.between(above, below, j, j, at ?? grid.end);
      return { at, insert: [lineOf({ table: grid.id, row: id, column })] };
    });
    return editLines(doc, [...(below === 0 ? [] : filled(grid, 0)), ...own]);
  };
}

/** Puts a column to the left or the right of what is selected. */
export function addColumn(side: 'left' | 'right'): TableCommand {
  return (doc, { grid, left, right }, newId) => {
    if (grid.columns.length >= MOST_COLUMNS) return null;
    const column = newId();
    const [before, behind] = side === 'left' ? [left - 1, left] : [right, right + 1];
    const places = placesIn(grid);
    let at = grid.start;
    const own = grid.rows.map((row, i): LineEdit => {
      const beside = row.cells[side === 'left' ? behind : before];
      const wanted = (side === 'left' ? beside?.start : beside?.end) ?? row.end;
      at = Math.max(at, places.between(i, i, before, behind, wanted));
      return { at, insert: [lineOf({ table: grid.id, row: row.id, column })] };
    });
    const gaps = filled(grid, 0);
    const leftGaps = grid.rows[0]?.cells.slice(0, behind).filter(isGap).length ?? 0;
    return editLines(doc, [...gaps.slice(0, leftGaps), ...own, ...gaps.slice(leftGaps)]);
  };
}

/** Deletes the rows that are selected; with the last of them the table goes. */
export const deleteRows: TableCommand = (doc, area, newId) => {
  const { grid, top, bottom } = area;
  const first = top === 0 ? bottom + 1 : 0;
  if (first === grid.rows.length) return deleteTable(doc, area, newId);
  const removed = grid.rows.slice(top, bottom + 1).flatMap(({ cells }) => removing(cells));
  return editLines(doc, [...removed, ...filled(grid, first)]);
};

/** Deletes the columns that are selected; with the last of them the table goes. */
export const deleteColumns: TableCommand = (doc, area, newId) => {
  const { grid, left, right } = area;
  const gone = new Set(grid.columns.slice(left, right + 1));
  if (gone.size === grid.columns.length) return deleteTable(doc, area, newId);
  const removed = grid.rows.flatMap(({ cells }) => removing(cells.slice(left, right + 1)));
  return editLines(doc, [...filled(grid, 0, gone), ...removed]);
};

function removing(cells: readonly GridCell[]): LineEdit[] {
  return cells.flatMap(({ ranges }) => ranges.map(({ start, end }) => ({ at: start, remove: end - start })));
}

/** Deletes the whole table. */
export const deleteTable: TableCommand = (doc, { grid }) =>
  editLines(doc, [{ at: grid.start, remove: grid.end - grid.start }]);

/** Puts a plain line below the table, or above it. */
export function addLine(side: 'above' | 'below'): TableCommand {
  return (doc, { grid }) => editLines(doc, [{ at: side === 'above' ? grid.start : grid.end, insert: [{}] }]);
}
