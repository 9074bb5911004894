import type { Node } from '@tiptap/pm/model';

/*
 * The tree shows a table as a grid, and a cell's lines need not stand in the document where the grid
 * has them. Then each of its cells says in `places` where they do.
 */

/** A run of a cell's blocks that follow each other in the document, as the `at`-th run of its table. */
export interface CellPlace {
  readonly at: number;
  readonly blocks: number;
}

/** Blocks of one cell that follow each other in the document. */
export interface TablePart {
  readonly row: number;
  readonly column: number;
  readonly blocks: readonly Node[];
  /** Where the first block begins, from the start of the table's content. */
  readonly pos: number;
  readonly size: number;
  readonly at: number;
}

const known = new WeakMap<Node, readonly TablePart[] | null>();

/**
 * A table's parts in the order of the grid, `at` saying their order in the document; null when the
 * two are the same. Total: what an edit left without a place follows what stands before it.
 */
export function tableParts(table: Node): readonly TablePart[] | null {
  if (table.type.name !== 'table') return null;
  let parts = known.get(table);
  if (parts === undefined) {
    parts = isScattered(table) ? found(table) : null;
    known.set(table, parts);
  }
  return parts;
}

/** Parts in the order of the document. */
export function inDocument<P extends Pick<TablePart, 'at'>>(parts: readonly P[]): P[] {
  return [...parts].sort((a, b) => a.at - b.at);
}

function placesOf(cell: Node): readonly CellPlace[] {
  return (cell.attrs['places'] as readonly CellPlace[] | null | undefined) ?? [];
}

function isScattered(table: Node): boolean {
  return table.children.some((row) => row.children.some((cell) => placesOf(cell).length > 0));
}

function found(table: Node): TablePart[] {
  const parts: TablePart[] = [];
  table.forEach((node, offset, row) =>
    node.forEach((cell, within, column) => {
      const places = placesOf(cell);
      let pos = offset + within + 2;
      let from = 0;
      for (let i = 0; from < cell.childCount; i++) {
        const place = places[i];
        const to = place === undefined || i >= places.length - 1 ? cell.childCount : from + place.blocks;
        const blocks = cell.children.slice(from, to);
        const size = blocks.reduce((sum, block) => sum + block.nodeSize, 0);
        parts.push({ row, column, blocks, pos, size, at: place?.at ?? parts.at(-1)?.at ?? -1 });
        pos += size;
        from = to;
      }
    }),
  );
  return parts;
}
