import Delta from 'quill-delta';
import { Fragment, type Node } from '@tiptap/pm/model';
import { PluginKey, type EditorState, type Transaction } from '@tiptap/pm/state';
import { allowedChange } from './allowed';
import { markSelection, replaceBlocks, restoreSelection, withNeighbours } from './apply';
import { changeBetween, changedBlocks, touchedBy, windowChange, type Touched } from './changes';
import { contentBetween, deltaOf } from './linesOf';
import { blockRange } from './positions';
import { lines } from './lines';
import { blocks } from './tree';

/** Marks a transaction that enters a known change: somebody else's, or an undo. */
export interface Entered {
  readonly origin: 'remote' | 'undo';
  readonly change: Delta;
  /** The document right after the change. */
  readonly doc: Node;
}

/** What one dispatch did: where it began, a known change it entered first, what the rest touched. */
export interface Dispatched {
  readonly before: Node;
  readonly entered: Entered | null;
  readonly touched: Touched | null;
}

/** The key of the binding's plugin; its meta is {@link Entered} or 'shaped'. */
export const bindingKey = new PluginKey<Dispatched>('co-editing');

/** Follows the transactions of one dispatch; the first that was appended to no other begins a new one. */
export function follow(tr: Transaction, value: Dispatched, before: Node): Dispatched {
  const root = tr.getMeta('appendedTransaction') === undefined;
  if (root && !tr.docChanged) return { before, entered: null, touched: null };
  const start = root ? { before, entered: null, touched: null } : value;
  const meta = tr.getMeta(bindingKey) as Entered | 'shaped' | undefined;
  if (root && typeof meta === 'object' && meta.doc === tr.doc) return { ...start, entered: meta };
  return { ...start, touched: touchedBy(start.touched, tr) };
}

/**
 * The transaction that makes the document after some edits what its lines mean, and takes out what
 * must not be sent; null when all is well. It replaces the differing range only.
 */
export function shape(
  transactions: readonly Transaction[],
  before: EditorState,
  now: EditorState,
): Transaction | null {
  if (before.doc === now.doc || transactions.every((tr) => tr.getMeta(bindingKey) !== undefined)) {
    return null;
  }
  let touched: Touched | null = null;
  for (const tr of transactions) touched = touchedBy(touched, tr);
  const contentAt = (from: number, to: number): Delta => contentBetween(before.doc, from, to);
  const change = changeBetween(before.doc, now.doc, touched);
  const allowed = allowedChange(change, contentAt);
  if (allowed === change && isWithinText(before.doc, now.doc, touched)) return null;
  return reshape(before.doc, now, touched, change, allowed);
}

/** Whether a change stayed within the text of one textblock and brought no newline: then the tree is right. */
function isWithinText(before: Node, now: Node, touched: Touched | null): boolean {
  if (touched === null) return false;
  const oldTo = touched.to + before.content.size - now.content.size;
  if (oldTo < touched.from) return false;
  const $from = now.resolve(touched.from);
  const $old = before.resolve(touched.from);
  return (
    $from.parent.isTextblock &&
    $from.parent === now.resolve(touched.to).parent &&
    $old.parent === before.resolve(oldTo).parent &&
    $old.parent.sameMarkup($from.parent) &&
    !now.textBetween(touched.from, touched.to).includes('\n')
  );
}

function reshape(
  before: Node,
  now: EditorState,
  touched: Touched | null,
  change: Delta,
  allowed: Delta,
): Transaction | null {
  const part = touched ?? { from: 0, to: now.doc.content.size };
  const { front, back } = changedBlocks(before, now.doc, part);
  const range = withNeighbours(now.doc, front, now.doc.childCount - 1 - back);
  const shown = deltaOf(now.doc.children.slice(range.first, range.last + 1));
  const behind = now.doc.childCount - 1 - range.last;
  const old = blockRange(before, range.first, before.childCount - 1 - behind);
  const base = deltaOf(before.children.slice(old.first, old.last + 1));
  const wanted =
    allowed === change ? shown : base.compose(windowPart(allowed, old.start));
  const tr = now.tr;
  if (isShown(now.doc, range, wanted)) return null;
  const selection = markSelection(now.doc, now.selection);
  replaceBlocks(tr, range, wanted);
  const moved = allowed === change ? new Delta() : windowChange(shown, wanted, 0, 1);
  restoreSelection(tr, selection, shifted(moved, range.start));
  if (now.storedMarks !== null) tr.setStoredMarks(now.storedMarks);
  return tr
    .setMeta(bindingKey, 'shaped')
    .setMeta('addToHistory', false)
    .setMeta('preventAutolink', true)
    .setMeta('preventClearDocument', true);
}

function isShown(doc: Node, range: { first: number; last: number }, wanted: Delta): boolean {
  const now = Fragment.fromArray(blocks(lines(wanted), doc.type.schema));
  return Fragment.fromArray(doc.children.slice(range.first, range.last + 1)).eq(now);
}

/** A change that lies behind `start`, in coordinates that begin there. */
function windowPart(change: Delta, start: number): Delta {
  const [first, ...rest] = change.ops;
  if (start === 0 || first === undefined) return change;
  const skipped = typeof first.retain === 'number' ? first.retain - start : 0;
  return new Delta().retain(skipped).concat(new Delta(rest));
}

function shifted(change: Delta, start: number): Delta {
  return new Delta().retain(start).concat(change);
}
