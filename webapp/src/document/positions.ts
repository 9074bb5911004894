import type { Node } from '@tiptap/pm/model';
import { inDocument, tableParts, type TablePart } from './table-parts';

/*
 * A delta counts characters and newlines; ProseMirror counts characters and the borders of nodes.
 * In a textblock both count its content alike, and its newline is one more, so a subtree's length
 * in the delta is the sum over its textblocks. Nodes never change, so the sums are remembered.
 */

const lengths = new WeakMap<Node, number>();

/** How many places a node takes in the delta. */
export function deltaLength(node: Node): number {
  if (node.isTextblock) return node.content.size + 1;
  let length = lengths.get(node);
  if (length === undefined) {
    length = 0;
    for (const child of node.children) length += deltaLength(child);
    lengths.set(node, length);
  }
  return length;
}

/**
 * The delta index of a position. A position between two blocks is that of the next line's start;
 * one behind the last block is that of the last newline.
 */
export function indexAt(doc: Node, pos: number): number {
  return Math.min(within(doc, pos), deltaLength(doc) - 1);
}

function within(node: Node, pos: number): number {
  if (node.isTextblock) return Math.max(0, pos);
  const parts = tableParts(node);
  return parts === null ? withinAll(node.children, pos) : withinParts(parts, pos);
}

function withinAll(nodes: readonly Node[], pos: number): number {
  let index = 0;
  let start = 0;
  for (const child of nodes) {
    const end = start + child.nodeSize;
    if (pos <= start) return index;
    if (pos < end) return index + Math.min(within(child, pos - start - 1), deltaLength(child));
    index += deltaLength(child);
    start = end;
  }
  return index;
}

/** As between blocks, a position between two parts is that of the next one's start, next in the grid. */
function withinParts(parts: readonly TablePart[], pos: number): number {
  const part = parts.find(({ pos: start, size }) => pos < start + size);
  let index = 0;
  for (const other of inDocument(parts)) {
    if (other === part) return index + withinAll(part.blocks, pos - part.pos);
    index += lengthOf(other.blocks);
  }
  return index;
}

/** How many places some nodes take in the delta. */
export function lengthOf(nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => sum + deltaLength(node), 0);
}

/** The position of a delta index; an index behind the end is taken as the last newline's. */
export function posAt(doc: Node, index: number): number {
  let rest = Math.max(0, Math.min(index, deltaLength(doc) - 1));
  let node = doc;
  let pos = 0;
  while (!node.isTextblock) {
    const inside = childAt(node, rest);
    pos += inside.pos + 1;
    rest -= inside.index;
    node = inside.node;
  }
  return pos + rest;
}

interface Found {
  readonly node: Node;
  readonly pos: number;
  readonly index: number;
}

function childAt(node: Node, index: number): Found {
  const parts = tableParts(node);
  if (parts === null) return nodeAt(node.children, index);
  let before = 0;
  for (const { blocks, pos } of inDocument(parts)) {
    const length = lengthOf(blocks);
    if (index < before + length) {
      const found = nodeAt(blocks, index - before);
      return { node: found.node, pos: pos + found.pos, index: before + found.index };
    }
    before += length;
  }
  throw new RangeError('the index lies behind the end of the table');
}

function nodeAt(nodes: readonly Node[], index: number): Found {
  let before = 0;
  let pos = 0;
  for (const child of nodes) {
    const length = deltaLength(child);
    if (index < before + length) return { node: child, pos, index: before };
    before += length;
    pos += child.nodeSize;
  }
  throw new RangeError('the index lies behind the end of the document');
}

/** Top-level blocks `first` to `last`; `start` and `end` are their delta indices, `pos` where they begin. */
export interface BlockRange {
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
  readonly pos: number;
}

/** The top-level blocks that hold the delta indices from `from` to `to`, both included. */
export function textblockRange(doc: Node, from: number, to: number): BlockRange {
  const most = deltaLength(doc) - 1;
  const first = blockAt(doc, Math.min(from, most));
  return blockRange(doc, first, blockAt(doc, Math.min(Math.max(from, to), most)));
}

/** The delta indices and the position of a range of top-level blocks. */
export function blockRange(doc: Node, first: number, last: number): BlockRange {
  let start = 0;
  let pos = 0;
  let length = 0;
  doc.children.forEach((child, i) => {
    if (i < first) {
      start += deltaLength(child);
      pos += child.nodeSize;
    } else if (i <= last) {
      length += deltaLength(child);
    }
  });
  return { first, last, start, end: start + length, pos };
}

function blockAt(doc: Node, index: number): number {
  let before = 0;
  for (let i = 0; i < doc.childCount; i++) {
    before += deltaLength(doc.child(i));
    if (index < before) return i;
  }
  return doc.childCount - 1;
}
