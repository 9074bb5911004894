import { Fragment, Slice, type Node } from '@tiptap/pm/model';
import { ALIGNMENTS, isCellId } from './formats';
import { randomId } from './table-commands';
import { MOST_COLUMNS } from './tables';

/*
 * Tables of other pages come with cells that span others, captions and tables in tables; copied ones
 * of ours would come with the ids of those that they were copied from. A pasted table has one cell
 * for each place, and ids of its own.
 */

/** Makes every table of a page one that a wiki page can hold. */
export function regularTables(page: Document): void {
  for (const table of [...page.querySelectorAll('table')].reverse()) {
    if (table.parentElement?.closest('td, th') != null) table.replaceWith(...rowLines(table));
    else regularTable(table);
  }
}

/** A table within a cell becomes lines, a row each. */
function rowLines(table: HTMLTableElement): HTMLElement[] {
  return [...table.querySelectorAll('tr')].map((row) => {
    const line = table.ownerDocument.createElement('p');
    // Otherwise a tab would be read as a space.
    line.style.whiteSpace = 'pre';
    line.textContent = cellsOf(row).map((cell) => cell.textContent.trim().replace(/\s+/g, ' ')).join('\t');
    return line;
  });
}

function cellsOf(row: Element): HTMLElement[] {
  return [...row.children].filter(({ localName }) => localName === 'td' || localName === 'th') as HTMLElement[];
}

function regularTable(table: HTMLTableElement): void {
  for (const caption of table.querySelectorAll('caption')) {
    const line = table.ownerDocument.createElement('p');
    line.append(...caption.childNodes);
    table.before(line);
    caption.remove();
  }
  // How many more rows a cell above still fills, by column.
  const filled: number[] = [];
  for (const row of table.querySelectorAll('tr')) {
    const cells = cellsOf(row);
    row.replaceChildren(...spread(cells, filled));
    if (row.childElementCount === 0) row.remove();
  }
}

/** A row with an empty cell for each place that a wider or higher cell covers. */
function spread(cells: readonly HTMLElement[], filled: number[]): HTMLElement[] {
  const row: HTMLElement[] = [];
  const cover = (): void => {
    while ((filled[row.length] ?? 0) > 0) {
      filled[row.length] = (filled[row.length] ?? 0) - 1;
      row.push(document.createElement('td'));
    }
  };
  for (const cell of cells) {
    cover();
    const width = Math.min(span(cell, 'colspan'), Math.max(1, MOST_COLUMNS - row.length));
    const below = span(cell, 'rowspan') - 1;
    alignContent(cell);
    for (let i = 0; i < width; i++) {
      filled[row.length] = below;
      row.push(i === 0 ? cell : document.createElement('td'));
    }
  }
  if (cells.length > 0) cover();
  return row;
}

function span(cell: HTMLElement, name: 'colspan' | 'rowspan'): number {
  const value = Number(cell.getAttribute(name) ?? 1);
  return Number.isInteger(value) && value > 0 ? value : 1;
}

/** What is said of a whole cell holds for its lines. */
function alignContent(cell: HTMLElement): void {
  const said = cell.style.textAlign || cell.getAttribute('align');
  const align = ALIGNMENTS.find((value) => value === said || cell.classList.contains(`align-${value}`));
  if (align === undefined) return;
  const blocks = [...cell.querySelectorAll('p, h1, h2, h3')];
  if (blocks.length === 0) {
    const line = cell.ownerDocument.createElement('p');
    line.append(...cell.childNodes);
    cell.append(line);
    blocks.push(line);
  }
  for (const block of blocks) block.classList.add(`align-${align}`);
}

/**
 * Gives pasted tables ids of their own. What comes of a single cell is pasted as text, not as a table;
 * what is pasted into a cell becomes lines, a row each.
 */
export function ownTables(slice: Slice, intoCell: boolean): Slice {
  const { content, openStart, openEnd } = slice;
  const single = content.childCount === 1 ? onlyCell(content.firstChild) : null;
  if (single !== null) {
    return openStart > 3 && openEnd > 3 ? new Slice(single.content, openStart - 3, openEnd - 3) : Slice.maxOpen(single.content);
  }
  if (!holdsTable(content)) return slice;
  if (intoCell) return Slice.maxOpen(flattened(content));
  // Parts of a table are pasted as a table.
  const start = isTable(content.firstChild) ? 0 : openStart;
  const end = isTable(content.lastChild) ? 0 : openEnd;
  return new Slice(renewed(content), start, end);
}

function isTable(node: Node | null): boolean {
  return node?.type.name === 'table';
}

function onlyCell(node: Node | null): Node | null {
  const row = isTable(node) && node?.childCount === 1 ? node.firstChild : null;
  return row?.childCount === 1 ? row.firstChild : null;
}

function holdsTable(content: Fragment): boolean {
  let found = false;
  content.descendants((node) => {
    found ||= isTable(node);
    return !found && !node.isTextblock;
  });
  return found;
}

function flattened(content: Fragment): Fragment {
  return Fragment.fromArray(
    content.content.flatMap((node) =>
      isTable(node) ? node.children.map(rowLine) : node.isTextblock ? [node] : [node.copy(flattened(node.content))],
    ),
  );
}

/** The text of a row in one line, a tab between its cells. */
function rowLine(row: Node): Node {
  const { schema } = row.type;
  let line = Fragment.empty;
  row.forEach((cell, _offset, i) => {
    if (i > 0) line = line.append(Fragment.from(schema.text('\t')));
    let first = true;
    cell.descendants((node) => {
      if (!node.isTextblock) return true;
      if (!first) line = line.append(Fragment.from(schema.text(' ')));
      first = false;
      line = line.append(node.content);
      return false;
    });
  });
  return schema.node('paragraph', null, line);
}

function renewed(content: Fragment): Fragment {
  return Fragment.fromArray(
    content.content.map((node) =>
      isTable(node) ? renewedTable(node) : node.isTextblock ? node : node.copy(renewed(node.content)),
    ),
  );
}

function renewedTable(table: Node): Node {
  const columns = new Map<unknown, string>();
  const columnOf = (cell: Node, i: number): string => {
    const known: unknown = isCellId(cell.attrs['column']) ? cell.attrs['column'] : i;
    const column = columns.get(known) ?? randomId();
    columns.set(known, column);
    return column;
  };
  const rows = table.children.map((row) => {
    const cells = row.children.map((cell, i) => cell.type.create({ ...cell.attrs, column: columnOf(cell, i), places: null }, cell.content));
    return row.type.create({ row: randomId() }, cells);
  });
  return table.type.create({ table: randomId() }, rows);
}
