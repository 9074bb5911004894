import type { AttributeMap } from 'quill-delta';
import type { Mark, Node, Schema } from '@tiptap/pm/model';
import { isDivider, isInlineFormat, lineFormat, TOGGLES, type Cell, type LineFormat } from './formats';
import { sameAttributes, type Line, type Piece } from './lines';
import { formatsOf } from './page-formats';
import type { CellPlace } from './table-parts';
import { tablesOf, type ShapedTable } from './tables';

/*
 * Lines to tree. The order of containers is fixed: table outermost, then callout, quote, list nesting
 * by indent, then code over heading over paragraph. `linesOf` takes the tree back to the same lines: what the
 * tree's shape does not say stands in attributes (`indent`, `skip`, `extra`) and in opaque marks.
 */

interface ReadLine {
  readonly line: Line;
  readonly format: LineFormat;
}

type ListKind = 'bulletList' | 'orderedList' | 'taskList';

interface Item {
  readonly line: ReadLine;
  readonly indent: number;
  readonly skip: number;
  readonly lists: List[];
}

interface List {
  readonly kind: ListKind;
  readonly items: Item[];
}

/** The document that these lines mean. */
export function tree(lines: readonly Line[], schema: Schema): Node {
  return schema.topNodeType.create(null, blocks(lines, schema));
}

/** The top-level blocks that a part of a document means, taken for itself. */
export function blocks(lines: readonly Line[], schema: Schema): Node[] {
  const read = lines.map((line) => ({ line, format: lineFormat(line.attributes) }));
  return runs(read, (a, b) => a.format.cell?.table === b.format.cell?.table).flatMap((run) =>
    run[0]?.format.cell
      ? tablesOf(run, (line) => line.format.cell as Cell).map((table) => tableNode(table, schema))
      : contained(run, schema),
  );
}

function tableNode({ id, columns, rows, isPlain }: ShapedTable<ReadLine>, schema: Schema): Node {
  const content = rows.map((row, i) => {
    const cells = columns.map((column) => {
      const attrs = { column, head: i === 0 };
      const runs = row.cells.get(column);
      if (runs === undefined) return schema.node('tableGap', attrs);
      const parts = runs.map(({ at, lines }) => ({ at, blocks: contained(lines, schema) }));
      const places = isPlain ? null : parts.map(({ at, blocks }): CellPlace => ({ at, blocks: blocks.length }));
      return schema.node('tableCell', { ...attrs, places }, parts.flatMap(({ blocks }) => blocks));
    });
    return schema.node('tableRow', { row: row.id }, cells);
  });
  return schema.node('table', { table: id }, content);
}

function contained(read: readonly ReadLine[], schema: Schema): Node[] {
  return runs(read, (a, b) => a.format.callout === b.format.callout).flatMap((run) => {
    const kind = run[0]?.format.callout ?? null;
    const content = quotes(run, schema);
    return kind === null ? content : [schema.node('callout', { kind }, content)];
  });
}

function quotes(read: readonly ReadLine[], schema: Schema): Node[] {
  return runs(read, (a, b) => a.format.quote === b.format.quote).flatMap((run) =>
    run[0]?.format.quote
      ? [schema.node('blockquote', null, unquoted(run, schema))]
      : unquoted(run, schema),
  );
}

function unquoted(read: readonly ReadLine[], schema: Schema): Node[] {
  return runs(read, (a, b) => (a.format.list === null) === (b.format.list === null)).flatMap(
    (run) =>
      run[0]?.format.list
        ? lists(run).map((list) => listNode(list, schema))
        : runs(run, joins).map((part) => textblock(part, schema, false)),
  );
}

/** Code lines outside of lists make one block when they agree in everything. */
function joins(a: ReadLine, b: ReadLine): boolean {
  return a.format.code !== null && sameAttributes(a.line.attributes, b.line.attributes);
}

function runs<T>(items: readonly T[], together: (a: T, b: T) => boolean): T[][] {
  const result: T[][] = [];
  for (const item of items) {
    const run = result.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && together(last, item)) run.push(item);
    else result.push([item]);
  }
  return result;
}

/** Nests list lines by indent: a line belongs to the nearest line above it that is indented less. */
function lists(run: readonly ReadLine[]): List[] {
  const top: List[] = [];
  const open: Item[] = [];
  for (const line of run) {
    const { indent, list } = line.format;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const parent = open.at(-1);
    const siblings = parent?.lists ?? top;
    const item = { line, indent, skip: indent - (parent?.indent ?? -1) - 1, lists: [] };
    const kind = listKind(list);
    const last = siblings.at(-1);
    if (last?.kind === kind) last.items.push(item);
    else siblings.push({ kind, items: [item] });
    open.push(item);
  }
  return top;
}

function listKind(value: LineFormat['list']): ListKind {
  return value === 'bullet' ? 'bulletList' : value === 'ordered' ? 'orderedList' : 'taskList';
}

function listNode(list: List, schema: Schema): Node {
  const task = list.kind === 'taskList';
  const items = list.items.map((item) => {
    const checked = item.line.format.list === 'checked';
    const attrs = task ? { skip: item.skip, checked } : { skip: item.skip };
    const content = [
      textblock([item.line], schema, true),
      ...item.lists.map((inner) => listNode(inner, schema)),
    ];
    return schema.node(task ? 'taskItem' : 'listItem', attrs, content);
  });
  return schema.node(list.kind, null, items);
}

function textblock(read: readonly ReadLine[], schema: Schema, inList: boolean): Node {
  const { code, header, indent, align, extra } = (read[0] as ReadLine).format;
  const attrs = { indent: inList ? 0 : indent, align, extra };
  const content = read.flatMap(({ line }, i) => {
    const inline = line.pieces.map((piece) => inlineNode(piece, schema));
    return i === 0 ? inline : [schema.text('\n'), ...inline];
  });
  if (code !== null) {
    const kept = header === null ? extra : { ...extra, header };
    const language = code === true ? null : code;
    return schema.node('codeBlock', { ...attrs, extra: kept, language }, content);
  }
  return header === null
    ? schema.node('paragraph', attrs, content)
    : schema.node('heading', { ...attrs, level: header }, content);
}

function inlineNode(piece: Piece, schema: Schema): Node {
  const marks = marksOf(piece.attributes, schema);
  if (typeof piece.insert === 'string') return schema.text(piece.insert, marks);
  if (isDivider(piece.insert)) return schema.node('divider', null, undefined, marks);
  const known = formatsOf(schema).embedOf(piece.insert);
  return known === null
    ? schema.node('opaqueEmbed', { value: piece.insert }, undefined, marks)
    : schema.node(known.format.name, { value: known.value }, undefined, marks);
}

function marksOf(attributes: AttributeMap, schema: Schema): Mark[] {
  return Object.entries(attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => {
      if (TOGGLES.includes(name) && isInlineFormat(name, value)) return schema.mark(name);
      if (isInlineFormat(name, value)) return schema.mark('link', { href: value });
      return formatsOf(schema).isInline(name, value) ? schema.mark(name, { value }) : schema.mark('opaque', { name, value });
    });
}
