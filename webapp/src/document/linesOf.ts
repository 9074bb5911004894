import Delta, { type AttributeMap } from 'quill-delta';
import type { Node } from '@tiptap/pm/model';
import { isAlignment, isCalloutKind, isCell, MAX_INDENT, TOGGLES, type CalloutKind, type Cell, type JsonObject, type ListValue } from './formats';
import { textblockRange } from './positions';
import { inDocument, tableParts } from './table-parts';

/*
 * Tree to lines: total over every document of the schema, also over trees that `tree` never makes
 * (two paragraphs in one item, a quote in a quote, a table in a cell, a newline in a paragraph's text). Those are
 * read in the nearest way that the lines can say, and the editor then shows `tree` of that.
 */

interface Around {
  readonly cell: Cell | null;
  readonly callout: CalloutKind | null;
  readonly quote: boolean;
  readonly list: ListValue | null;
  /** The indent of the item around, -1 outside of lists. */
  readonly indent: number;
}

const OUTSIDE: Around = { cell: null, callout: null, quote: false, list: null, indent: -1 };

/** The delta of a whole document. */
export function linesOf(doc: Node): Delta {
  return deltaOf(doc.children);
}

/** The delta of some top-level blocks. */
export function deltaOf(blocks: readonly Node[]): Delta {
  const delta = new Delta();
  for (const block of blocks) write(block, OUTSIDE, delta);
  return delta;
}

/** The document's content from one delta index to another. */
export function contentBetween(doc: Node, from: number, to: number): Delta {
  if (to <= from) return new Delta();
  const { first, last, start } = textblockRange(doc, from, to - 1);
  return deltaOf(doc.children.slice(first, last + 1)).slice(from - start, to - start);
}

/** The inline content between two positions of one textblock, as inserts; it must hold no newline. */
export function inlineBetween(block: Node, from: number, to: number): Delta {
  const delta = new Delta();
  writeInline(block.cut(from, to), {}, delta);
  return delta;
}

function write(node: Node, around: Around, delta: Delta): void {
  if (node.isTextblock) {
    const attributes = lineAttributes(node, around);
    writeInline(node, attributes, delta);
    delta.insert('\n', attributes);
    return;
  }
  switch (node.type.name) {
    case 'blockquote':
      node.forEach((child) => write(child, { ...around, quote: true }, delta));
      return;
    case 'callout':
      writeCallout(node, around, delta);
      return;
    case 'table':
      writeTable(node, around, delta);
      return;
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
      node.forEach((item) => writeItem(item, node.type.name, around, delta));
      return;
    default:
      node.forEach((child) => write(child, around, delta));
  }
}

function writeCallout(node: Node, around: Around, delta: Delta): void {
  const kind: unknown = node.attrs['kind'];
  const inside = isCalloutKind(kind) ? { ...around, callout: kind } : around;
  node.forEach((child) => write(child, inside, delta));
}

/**
 * A table leaves what is around it; one in a cell becomes lines of that cell, one without ids plain lines.
 * Its lines go where they stood, not where the grid has them.
 */
function writeTable(table: Node, around: Around, delta: Delta): void {
  const writeCell = (row: Node, cell: Node, blocks: readonly Node[]): void => {
    const own = { table: table.attrs['table'], row: row.attrs['row'], column: cell.attrs['column'] };
    const inside = { ...OUTSIDE, cell: around.cell ?? (isCell(own) ? own : null) };
    for (const block of blocks) write(block, inside, delta);
  };
  const parts = tableParts(table);
  if (parts === null) {
    table.forEach((row) => row.forEach((cell) => writeCell(row, cell, cell.children)));
    return;
  }
  for (const { row, column, blocks } of inDocument(parts)) {
    writeCell(table.child(row), table.child(row).child(column), blocks);
  }
}

function writeItem(item: Node, listName: string, around: Around, delta: Delta): void {
  const indent = Math.min(MAX_INDENT, around.indent + 1 + (item.attrs['skip'] as number));
  item.forEach((child, _offset, i) => {
    // Only an item's first block shows its check mark: a further one becomes an item of its own.
    const list = listValue(listName, i === 0 && item.attrs['checked'] === true);
    write(child, { ...around, list, indent }, delta);
  });
}

function listValue(listName: string, checked: boolean): ListValue {
  if (listName === 'taskList') return checked ? 'checked' : 'unchecked';
  return listName === 'bulletList' ? 'bullet' : 'ordered';
}

function lineAttributes(node: Node, around: Around): AttributeMap {
  const attributes: AttributeMap = { ...(node.attrs['extra'] as JsonObject) };
  if (around.cell !== null) attributes['cell'] = around.cell;
  if (around.callout !== null) attributes['callout'] = around.callout;
  if (around.quote) attributes['blockquote'] = true;
  if (around.list !== null) attributes['list'] = around.list;
  const own = Math.max(0, Math.min(MAX_INDENT, node.attrs['indent'] as number));
  const indent = around.list === null ? own : around.indent;
  if (indent > 0) attributes['indent'] = indent;
  if (node.type.name === 'heading') attributes['header'] = node.attrs['level'];
  if (node.type.name === 'codeBlock') attributes['code-block'] = node.attrs['language'] ?? true;
  if (isAlignment(node.attrs['align'])) attributes['align'] = node.attrs['align'];
  return attributes;
}

function writeInline(block: Node, line: AttributeMap, delta: Delta): void {
  block.forEach((child) => {
    const attributes = inlineAttributes(child);
    if (!child.isText) {
      delta.insert(embedOf(child), attributes);
      return;
    }
    (child.text ?? '').split('\n').forEach((part, i) => {
      if (i > 0) delta.insert('\n', line);
      delta.insert(part, attributes);
    });
  });
}

function embedOf({ type, attrs }: Node): JsonObject {
  if (type.name === 'divider') return { divider: true };
  return type.name === 'opaqueEmbed' ? (attrs['value'] as JsonObject) : { [type.name]: attrs['value'] };
}

function inlineAttributes(node: Node): AttributeMap {
  const attributes: AttributeMap = {};
  for (const { type, attrs } of node.marks) {
    if (type.name === 'opaque') {
      const name = attrs['name'] as string;
      if (!Object.hasOwn(attributes, name)) attributes[name] = attrs['value'];
    } else if (TOGGLES.includes(type.name)) {
      attributes[type.name] = true;
    } else {
      attributes[type.name] = type.name === 'link' ? attrs['href'] : attrs['value'];
    }
  }
  return attributes;
}
