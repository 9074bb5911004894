import Delta from 'quill-delta';
import { Fragment, type Node } from '@tiptap/pm/model';
import { AllSelection, NodeSelection, TextSelection, type Selection, type Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';
import type { Cell } from './formats';
import { findPlace, isGapSelection, isTableSelection, selectCell, selectTable } from './grid';
import { lines } from './lines';
import { deltaOf } from './linesOf';
import { blockRange, indexAt, posAt, textblockRange, type BlockRange } from './positions';
import { blocks } from './tree';

const LISTS = ['bulletList', 'orderedList', 'taskList'];

/**
 * Enters a change into a transaction: per group of touched blocks only the differing range is
 * replaced. The selection keeps its place in the text: an insert at the caret stands to its left,
 * one at a selection's end outside of it.
 */
export function applyChange(tr: Transaction, change: Delta): Transaction {
  const selection = markSelection(tr.doc, tr.selection);
  const stored = tr.storedMarks;
  for (const range of touchedRanges(tr.doc, change).reverse()) {
    const part = changeWithin(change, range.start, range.end);
    replaceBlocks(tr, range, deltaOf(childrenOf(tr.doc, range)).compose(part));
  }
  restoreSelection(tr, selection, change);
  return stored === null ? tr : tr.setStoredMarks(stored);
}

/** Makes these top-level blocks show that content, replacing only what differs. */
export function replaceBlocks(tr: Transaction, range: BlockRange, content: Delta): void {
  const old = Fragment.fromArray(childrenOf(tr.doc, range));
  const now = Fragment.fromArray(blocks(lines(content), tr.doc.type.schema));
  const start = old.findDiffStart(now);
  const end = old.findDiffEnd(now);
  if (start === null || end === null) return;
  const over = Math.max(0, start - Math.min(end.a, end.b));
  const step = new ReplaceStep(
    range.pos + start,
    range.pos + end.a + over,
    tr.doc.type.schema.topNodeType.create(null, now).slice(start, end.b + over),
  );
  const size = tr.doc.content.size + now.size - old.size;
  if (shows(stepResult(step, tr.doc), range, now, size)) tr.step(step);
  else replaceWhole(tr, range, old, now);
}

function stepResult(step: ReplaceStep, doc: Node): Node | null {
  return step.apply(doc).doc;
}

function shows(doc: Node | null, range: BlockRange, now: Fragment, size: number): boolean {
  if (doc === null || doc.content.size !== size) return false;
  return Fragment.fromArray(doc.children.slice(range.first, range.first + now.childCount)).eq(now);
}

/** For the rare pair of trees whose border lies at different depths: whole blocks change places. */
function replaceWhole(tr: Transaction, range: BlockRange, old: Fragment, now: Fragment): void {
  const most = Math.min(old.childCount, now.childCount);
  let front = 0;
  let pos = range.pos;
  while (front < most && old.child(front).eq(now.child(front))) pos += old.child(front++).nodeSize;
  let back = 0;
  while (
    back < most - front &&
    old.child(old.childCount - 1 - back).eq(now.child(now.childCount - 1 - back))
  ) {
    back++;
  }
  const gone = old.content.slice(front, old.childCount - back);
  const end = gone.reduce((sum, node) => sum + node.nodeSize, pos);
  tr.replaceWith(pos, end, now.content.slice(front, now.childCount - back));
}

function childrenOf(doc: Node, { first, last }: BlockRange): readonly Node[] {
  return doc.children.slice(first, last + 1);
}

/** The blocks that a change touches, each group with its neighbours, in order and apart. */
export function touchedRanges(doc: Node, change: Delta): BlockRange[] {
  const result: BlockRange[] = [];
  let index = 0;
  for (const op of change.ops) {
    const span = op.insert !== undefined ? 0 : Delta.Op.length(op);
    if (op.retain === undefined || op.attributes !== undefined) {
      const end = op.delete === undefined ? Math.max(index, index + span - 1) : index + span;
      const { first, last } = textblockRange(doc, index, end);
      const before = result.at(-1);
      const range = withNeighbours(doc, Math.min(first, before?.last ?? first), last);
      if (before !== undefined && range.first <= before.last + 1) {
        result[result.length - 1] = blockRange(doc, Math.min(before.first, range.first), Math.max(before.last, range.last));
      } else {
        result.push(range);
      }
    }
    index += span;
  }
  return result;
}

/**
 * Widens a range of blocks as far as a change in it can reach: its neighbours may join with it, and
 * lists side by side are nested by their lines alone, so a whole row of them belongs together. So do
 * tables of one id: only a bound on their columns parts them.
 */
export function withNeighbours(doc: Node, first: number, last: number): BlockRange {
  let from = Math.max(0, first - 1);
  let to = Math.min(doc.childCount - 1, last + 1);
  while (from > 0 && belongTogether(doc.child(from - 1), doc.child(from))) from--;
  while (to < doc.childCount - 1 && belongTogether(doc.child(to), doc.child(to + 1))) to++;
  return blockRange(doc, from, to);
}

function belongTogether(a: Node, b: Node): boolean {
  if (a.type.name === 'table') return b.type.name === 'table' && a.attrs['table'] === b.attrs['table'];
  return isList(a) && isList(b);
}

function isList(node: Node): boolean {
  return LISTS.includes(node.type.name);
}

/** The part of a change that lies between two indices of the document before it. */
function changeWithin(change: Delta, start: number, end: number): Delta {
  const part = new Delta();
  let index = 0;
  for (const op of change.ops) {
    if (op.insert !== undefined) {
      if (index >= start && index < end) part.push(op);
      continue;
    }
    const next = index + Delta.Op.length(op);
    const length = Math.min(next, end) - Math.max(index, start);
    if (length > 0) {
      if (op.delete !== undefined) part.delete(length);
      else part.retain(length, op.attributes);
    }
    index = next;
  }
  return part;
}

/** A selection by its places in the delta, which a change can be applied to. */
export interface SelectionMark {
  readonly kind: 'text' | 'node' | 'all';
  /** The place in a table when a gap is selected, which takes no place in the delta. */
  readonly gap: Cell | null;
  /** The id of the table that is selected as a whole. */
  readonly table: string | null;
  readonly anchor: number;
  readonly head: number;
}

/** Where a selection stands in the delta. */
export function markSelection(doc: Node, selection: Selection): SelectionMark {
  const kind =
    selection instanceof AllSelection ? 'all' : selection instanceof NodeSelection ? 'node' : 'text';
  const gap = isGapSelection(selection) ? gapOf(selection) : null;
  const table = isTableSelection(selection) ? (selection.node.attrs['table'] as string) : null;
  return { kind, gap, table, anchor: indexAt(doc, selection.anchor), head: indexAt(doc, selection.head) };
}

function gapOf({ $from, node }: NodeSelection): Cell {
  return { table: $from.node(1).attrs['table'], row: $from.node(2).attrs['row'], column: node.attrs['column'] } as Cell;
}

/** Sets the selection that stood at these places before the change. */
export function restoreSelection(tr: Transaction, mark: SelectionMark, change: Delta): void {
  if (mark.kind === 'all') {
    tr.setSelection(new AllSelection(tr.doc));
    return;
  }
  const gap = mark.gap === null ? null : findPlace(tr.doc, mark.gap, change.transformPosition(mark.anchor));
  if (gap !== null) {
    selectCell(tr, gap, 'start');
    return;
  }
  const empty = mark.anchor === mark.head;
  const place = (index: number, other: number): number =>
    posAt(tr.doc, change.transformPosition(index, !empty && index > other));
  const anchor = place(mark.anchor, mark.head);
  if (mark.table !== null) {
    const $at = tr.doc.resolve(anchor);
    if ($at.node(1).attrs['table'] === mark.table) selectTable(tr, anchor);
    // What followed the table was never selected.
    else tr.setSelection(TextSelection.create(tr.doc, anchor));
    return;
  }
  const head = place(mark.head, mark.anchor);
  const node = mark.kind === 'node' ? tr.doc.nodeAt(anchor) : null;
  tr.setSelection(
    node?.isInline === true && !node.isText
      ? NodeSelection.create(tr.doc, anchor)
      : TextSelection.create(tr.doc, anchor, head),
  );
}

/** The change that takes a change back, against the document before it. */
export function inverseOf(change: Delta, contentAt: (from: number, to: number) => Delta): Delta {
  const inverse = new Delta();
  let index = 0;
  for (const op of change.ops) {
    if (op.insert !== undefined) {
      inverse.delete(Delta.Op.length(op));
      continue;
    }
    const length = Delta.Op.length(op);
    if (op.delete !== undefined) {
      for (const old of contentAt(index, index + length).ops) inverse.push(old);
    } else if (op.attributes === undefined) {
      inverse.retain(length);
    } else {
      for (const old of contentAt(index, index + length).ops) {
        inverse.retain(Delta.Op.length(old), Delta.AttributeMap.invert(op.attributes, old.attributes));
      }
    }
    index += length;
  }
  return inverse.chop();
}

