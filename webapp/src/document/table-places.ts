import type { Grid, GridCell } from './grid';

/*
 * Where the line of a new cell goes. A row is ordered among rows, and a column among columns, by where
 * their cells stand in the lines. So a new cell stands behind every cell that is neither below nor to the
 * right of it, and before every cell that is neither above nor to the left, also where what two people did
 * at the same time has left the cells of one row behind those of the next.
 */

/** The bounds of the places of new cells in a grid. */
export interface Places {
  /**
   * The place for a cell behind rows up to `above` and columns up to `left`, before rows from `below` and
   * columns from `right`: the one that is nearest to what is wanted.
   */
  between(above: number, below: number, left: number, right: number, wanted: number): number;
}

/** Finds places in a grid; linear in its cells once, then each at once. */
export function placesIn({ rows, columns, start, end }: Grid): Places {
  const width = columns.length + 1;
  const least = new Array<number>((rows.length + 1) * width).fill(start);
  const most = new Array<number>((rows.length + 1) * width).fill(end);
  rows.forEach(({ cells }, row) =>
    cells.forEach((cell, column) => {
      const at = (row + 1) * width + column + 1;
      const own = isGap(cell) ? start : cell.end;
      least[at] = Math.max(own, least[at - 1] ?? start, least[at - width] ?? start);
    }),
  );
  for (let row = rows.length - 1; row >= 0; row--) {
    for (let column = columns.length - 1; column >= 0; column--) {
      const at = row * width + column;
      const cell = rows[row]?.cells[column];
      const own = cell === undefined || isGap(cell) ? end : cell.start;
      most[at] = Math.min(own, most[at + 1] ?? end, most[at + width] ?? end);
    }
  }
  return {
    between(above, below, left, right, wanted) {
      const from = least[(above + 1) * width + left + 1] ?? start;
      const to = most[below * width + right] ?? end;
      // Lines that nobody's commands put so may leave no such place.
      return from <= to ? Math.max(from, Math.min(wanted, to)) : wanted;
    },
  };
}

/** Whether a place of a grid has no lines. */
export function isGap({ ranges }: GridCell): boolean {
  return ranges.length === 0;
}
