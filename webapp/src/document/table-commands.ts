import Delta, { type AttributeMap } from 'quill-delta';
import type { Node } from '@tiptap/pm/model';
import { knownLineAttributes, type Cell } from './formats';
import type { Area, Grid, GridRow } from './grid';
import { editLines, type LineEdit } from './line-edits';
import type { LineCommand } from './line-formats';
import { lineAt, replacing } from './placed-lines';
import { deltaLength } from './positions';
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
 */

/** Puts a new table with that many rows and columns below the line, above it when the line is empty. */
export function insertTable(rows: number, columns: number, newId: IdSource): LineCommand {
  return (doc, _from, to) => {
    const here = lineAt(doc, to);
    if (here.line.attributes['cell'] !== undefined) return new Delta();
    const table = newTable(rows, columns, newId);
    if (here.start === here.end || to === here.start) return editLines(doc, [{ at: here.start, insert: table }]);
    if (to === here.end && here.end + 1 < deltaLength(doc)) return editLines(doc, [{ at: here.end + 1, insert: table }]);
    const known = knownLineAttributes(here.line.attributes);
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
function filled(grid: Grid, row: GridRow | undefined, but: ReadonlySet<string> = new Set()): LineEdit[] {
  return (row?.cells ?? [])
    .filter(({ start, end, column }) => start === end && !but.has(column))
    .map(({ start, column }) => ({ at: start, insert: [lineOf({ table: grid.id, row: row?.id ?? '', column })] }));
}

/** Gives a gap the line that it lacks. */
export const fillGap: TableCommand = (doc, { grid, top, left }) => {
  const row = grid.rows[top];
  const gap = row?.cells[left];
  if (row === undefined || gap === undefined || gap.start < gap.end) return null;
  const own: LineEdit = { at: gap.start, insert: [lineOf({ table: grid.id, row: row.id, column: gap.column })] };
  return editLines(doc, [...filled(grid, grid.rows[0]), ...(top === 0 ? [] : [own])]);
};

/** Puts a row above or below what is selected. */
export function addRow(side: 'above' | 'below'): TableCommand {
  return (doc, { grid, top, bottom }, newId) => {
    const at = side === 'above' ? grid.rows[top]?.start : grid.rows[bottom]?.end;
    if (at === undefined) return null;
    const id = newId();
    const line = grid.columns.map((column) => lineOf({ table: grid.id, row: id, column }));
    const first = side === 'above' && top === 0 ? [] : filled(grid, grid.rows[0]);
    return editLines(doc, [...first, { at, insert: line }]);
  };
}

/** Puts a column to the left or the right of what is selected. */
export function addColumn(side: 'left' | 'right'): TableCommand {
  return (doc, { grid, left, right }, newId) => {
    if (grid.columns.length >= MOST_COLUMNS) return null;
    const column = newId();
    const beside = side === 'left' ? left : right;
    const edits = grid.rows.flatMap((row, i) => {
      const cell = row.cells[beside];
      const fresh = [lineOf({ table: grid.id, row: row.id, column })];
      const own: LineEdit[] = cell === undefined ? [] : [{ at: side === 'left' ? cell.start : cell.end, insert: fresh }];
      if (i > 0) return own;
      const before = filled(grid, { ...row, cells: row.cells.slice(0, side === 'left' ? beside : beside + 1) });
      const behind = filled(grid, { ...row, cells: row.cells.slice(side === 'left' ? beside : beside + 1) });
      return [...before, ...own, ...behind];
    });
    return editLines(doc, edits);
  };
}

/** Deletes the rows that are selected; with the last of them the table goes. */
export const deleteRows: TableCommand = (doc, area, newId) => {
  const { grid, top, bottom } = area;
  const first = top === 0 ? grid.rows[bottom + 1] : grid.rows[0];
  if (first === undefined) return deleteTable(doc, area, newId);
  const start = grid.rows[top]?.start ?? grid.start;
  const end = grid.rows[bottom]?.end ?? grid.end;
  return editLines(doc, [{ at: start, remove: end - start }, ...filled(grid, first)]);
};

/** Deletes the columns that are selected; with the last of them the table goes. */
export const deleteColumns: TableCommand = (doc, area, newId) => {
  const { grid, left, right } = area;
  const gone = new Set(grid.columns.slice(left, right + 1));
  if (gone.size === grid.columns.length) return deleteTable(doc, area, newId);
  const removed = grid.rows
    .flatMap(({ cells }) => cells.slice(left, right + 1))
    .filter(({ start, end }) => start < end)
    .map(({ start, end }): LineEdit => ({ at: start, remove: end - start }));
  return editLines(doc, [...filled(grid, grid.rows[0], gone), ...removed]);
};

/** Deletes the whole table. */
export const deleteTable: TableCommand = (doc, { grid }) =>
  editLines(doc, [{ at: grid.start, remove: grid.end - grid.start }]);

/** Puts a plain line below the table, or above it. */
export function addLine(side: 'above' | 'below'): TableCommand {
  return (doc, { grid }) => editLines(doc, [{ at: side === 'above' ? grid.start : grid.end, insert: [{}] }]);
}
