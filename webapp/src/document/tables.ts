import { isSameCell, type Cell } from './formats';

/*
 * Which rows and columns the lines of cells mean. Nothing is ever put in another order: a row is cut
 * where a cell does not stand to the right of the one before it, and what a row lacks is a gap. So
 * every sequence of lines is a rectangle, whatever rows and columns came and went at the same time.
 */

/** A table has no more columns than this: with one more a new table begins. */
export const MOST_COLUMNS = 64;

/** A row: its id, and the lines of those of its cells that have some, by column. */
export interface ShapedRow<L> {
  readonly id: string;
  readonly cells: ReadonlyMap<string, readonly L[]>;
}

/** A table: its columns in order, each row with a cell or a gap for every one of them. */
export interface ShapedTable<L> {
  readonly id: string;
  readonly columns: readonly string[];
  readonly rows: readonly ShapedRow<L>[];
}

interface CellRun<L> {
  readonly cell: Cell;
  readonly lines: L[];
}

interface OpenTable<L> {
  readonly id: string;
  readonly columns: string[];
  readonly rows: { id: string; cells: Map<string, readonly L[]> }[];
}

/** The tables that consecutive lines with cells of one table id make: one, unless it has too many columns. */
export function tablesOf<L>(lines: readonly L[], cellOf: (line: L) => Cell): ShapedTable<L>[] {
  const tables: OpenTable<L>[] = [];
  let left: { cell: Cell; column: number } | null = null;
  for (const { cell, lines: content } of cellRuns(lines, cellOf)) {
    const before: number = left?.cell.row === cell.row ? left.column : -1;
    const { table, column } = placeColumn(tables, cell, before);
    const isNext = table.rows.length > 0 && before >= 0 && column > before;
    if (!isNext) table.rows.push({ id: cell.row, cells: new Map() });
    table.rows.at(-1)?.cells.set(cell.column, content);
    left = { cell, column };
  }
  return tables;
}

function cellRuns<L>(lines: readonly L[], cellOf: (line: L) => Cell): CellRun<L>[] {
  const runs: CellRun<L>[] = [];
  for (const line of lines) {
    const cell = cellOf(line);
    const open = runs.at(-1);
    if (open !== undefined && isSameCell(open.cell, cell)) open.lines.push(line);
    else runs.push({ cell, lines: [line] });
  }
  return runs;
}

/** The table and the index of a cell's column; a new column comes right of `before`, that of the cell to the left. */
function placeColumn<L>(tables: OpenTable<L>[], cell: Cell, before: number): { table: OpenTable<L>; column: number } {
  const last = tables.at(-1);
  const known = last?.columns.indexOf(cell.column) ?? -1;
  if (last !== undefined && known >= 0) return { table: last, column: known };
  if (last !== undefined && last.columns.length < MOST_COLUMNS) {
    last.columns.splice(before + 1, 0, cell.column);
    return { table: last, column: before + 1 };
  }
  const table: OpenTable<L> = { id: cell.table, columns: [cell.column], rows: [] };
  tables.push(table);
  return { table, column: 0 };
}
