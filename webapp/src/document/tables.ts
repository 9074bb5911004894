import { isSameCell, type Cell } from './formats';

/*
 * Which rows and columns the lines of cells mean. Ids alone say which lines are of one row, of one
 * column, of one cell, wherever in the table they stand: who puts a row and who puts a column beside
 * it write at one place of the text, so a row's last cell can come to stand behind the row below. Only
 * the order of rows and of columns is read off the lines, and what a row lacks is a gap. So all lines
 * are one rectangle, no row and no column comes twice, whatever came and went at the same time.
 */

/** A table has no more columns than this: with one more a new table begins. */
export const MOST_COLUMNS = 64;

/** Lines of one cell that follow each other; `at` counts these runs in the table's lines. */
export interface CellRun<L> {
  readonly at: number;
  readonly lines: readonly L[];
}

/** A row: its id, and what those of its cells hold that have lines, by column. */
export interface ShapedRow<L> {
  readonly id: string;
  readonly cells: ReadonlyMap<string, readonly CellRun<L>[]>;
}

/** A table: its columns in order, each row with a cell or a gap for every one of them. */
export interface ShapedTable<L> {
  readonly id: string;
  readonly columns: readonly string[];
  readonly rows: readonly ShapedRow<L>[];
  /** Whether its lines stand row by row and cell by cell. */
  readonly isPlain: boolean;
}

interface FoundRun<L> {
  readonly cell: Cell;
  readonly lines: L[];
}

interface OpenRow<L> {
  readonly id: string;
  readonly cells: Map<string, CellRun<L>[]>;
}

/** The tables that consecutive lines with cells of one table id make: one, unless it has too many columns. */
export function tablesOf<L>(lines: readonly L[], cellOf: (line: L) => Cell): ShapedTable<L>[] {
  return parted(cellRuns(lines, cellOf)).map(shaped);
}

function cellRuns<L>(lines: readonly L[], cellOf: (line: L) => Cell): FoundRun<L>[] {
  const runs: FoundRun<L>[] = [];
  for (const line of lines) {
    const cell = cellOf(line);
    const open = runs.at(-1);
    if (open !== undefined && isSameCell(open.cell, cell)) open.lines.push(line);
    else runs.push({ cell, lines: [line] });
  }
  return runs;
}

/** Parts the runs before each that would bring a column too many. */
function parted<L>(runs: readonly FoundRun<L>[]): FoundRun<L>[][] {
  const tables: FoundRun<L>[][] = [];
  const columns = new Set<string>();
  for (const run of runs) {
    if (!columns.has(run.cell.column) && columns.size === MOST_COLUMNS) columns.clear();
    if (columns.size === 0) tables.push([]);
    columns.add(run.cell.column);
    tables.at(-1)?.push(run);
  }
  return tables;
}

function shaped<L>(runs: readonly FoundRun<L>[]): ShapedTable<L> {
  const byId = new Map<string, OpenRow<L>>();
  runs.forEach(({ cell, lines }, at) => {
    const row = byId.get(cell.row) ?? { id: cell.row, cells: new Map<string, CellRun<L>[]>() };
    byId.set(cell.row, row);
    const run = { at, lines };
    const there = row.cells.get(cell.column);
    if (there === undefined) row.cells.set(cell.column, [run]);
    else there.push(run);
  });
  const rows = ordered([...byId.values()]);
  const columns = columnsOf(rows);
  const read = rows.flatMap(({ cells }) => columns.flatMap((column) => cells.get(column) ?? []));
  return { id: runs[0]?.cell.table ?? '', columns, rows, isPlain: read.every(({ at }, i) => at === i) };
}

/**
 * Rows in the order of their cells in one column, that whose rows have the most cells together; a row that
 * lacks it goes by the next such column.
 */
function ordered<L>(rows: readonly OpenRow<L>[]): OpenRow<L>[] {
  const weights = new Map<string, number>();
  for (const { cells } of rows) {
    for (const column of cells.keys()) weights.set(column, (weights.get(column) ?? 0) + cells.size);
  }
  const ranked = [...weights].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([column]) => column);
  const place = ({ cells }: OpenRow<L>): number => cells.get(ranked.find((column) => cells.has(column)) ?? '')?.[0]?.at ?? 0;
  return rows
    .map((row) => ({ row, place: place(row) }))
    .sort((a, b) => a.place - b.place)
    .map(({ row }) => row);
}

/**
 * Row by row, those with the most cells first: a column that is new comes right of the cell before it in
 * its row, at the front if there is none.
 */
function columnsOf<L>(rows: readonly OpenRow<L>[]): string[] {
  const columns: string[] = [];
  for (const { cells } of [...rows].sort((a, b) => b.cells.size - a.cells.size)) {
    let before = -1;
    // Keys of a map stand in the order in which they came: that of the lines.
    for (const column of cells.keys()) {
      const next = columns[before + 1] === column ? before + 1 : columns.indexOf(column);
      if (next < 0) columns.splice(before + 1, 0, column);
      before = next < 0 ? before + 1 : next;
    }
  }
  return columns;
}
