import Delta from 'quill-delta';
import { Fragment, type Node } from '@tiptap/pm/model';
import { PluginKey, type EditorState, type Transaction } from '@tiptap/pm/state';
import { allowedChange } from './allowed';
import { markSelection, replaceBlocks, restoreSelection, withNeighbours } from './apply';
import { changeBetween, changedBlocks, touchedBy, windowChange, type Touched } from './changes';
import { contentBetween, deltaOf } from './linesOf';
import { blockRange } from './positions';
import { lines } from './lines';
import { formatsOf } from './page-formats';
import { blocks } from './tree';

/** Marks a transaction that enters a known change: somebody else's, an undo, or what a command of this user does. */
export interface Entered {
  readonly origin: 'remote' | 'undo' | 'own';
  readonly change: Delta;
  /** The document right after the change. */
  readonly doc: Node;
}

/**
 * Marks the transaction that shapes the document after edits of this user: what may be sent of them.
 * A second comparison could say the same in words that may not be sent, so this one counts.
 */
export interface Shaped {
  readonly origin: 'shaped';
  /** Leads from the document before the edits to `doc`, the one after the shaping. */
  readonly change: Delta;
  readonly doc: Node;
}

/** What one dispatch did: where it began, a known change it entered first, what was shaped, what was touched since. */
export interface Dispatched {
  readonly before: Node;
  readonly entered: Entered | null;
  readonly shaped: Shaped | null;
  readonly touched: Touched | null;
}

/** A dispatch that has done nothing yet. */
export function nothingSince(before: Node): Dispatched {
  return { before, entered: null, shaped: null, touched: null };
}

/** The key of the binding's plugin; its meta is {@link Entered} or {@link Shaped}. */
export const bindingKey = new PluginKey<Dispatched>('co-editing');

/** Whether a transaction changes the document in a way that this user does just now, by typing or a command. */
export function isTyped(tr: Transaction): boolean {
  const meta = tr.getMeta(bindingKey) as Entered | Shaped | undefined;
  return tr.docChanged && (meta === undefined || meta.origin === 'own' || meta.origin === 'shaped');
}

/** Follows the transactions of one dispatch; the first that was appended to no other begins a new one. */
export function follow(tr: Transaction, value: Dispatched, before: Node): Dispatched {
  const root = tr.getMeta('appendedTransaction') === undefined;
  const start = root ? nothingSince(before) : value;
  if (root && !tr.docChanged) return start;
  const meta = tr.getMeta(bindingKey) as Entered | Shaped | undefined;
  if (meta?.origin === 'shaped') return { ...start, shaped: joined(start.shaped, meta), touched: null };
  if (root && meta?.doc === tr.doc) return { ...start, entered: meta };
  return { ...start, touched: touchedBy(start.touched, tr) };
}

/** Another plugin may have added to what was shaped already. */
function joined(first: Shaped | null, next: Shaped): Shaped {
  return first === null ? next : { ...next, change: first.change.compose(next.change) };
}

/** What the edits of a dispatch came to, from `shown`, the document before them. */
export function changeBy({ shaped, touched }: Dispatched, shown: Node, now: Node): Delta {
  if (shaped === null) return changeBetween(shown, now, touched);
  return shaped.change.compose(changeBetween(shaped.doc, now, touched));
}

/**
 * The transaction that makes the document after the edits of a dispatch what its lines mean, and
 * takes out what must not be sent; null when all is well. It replaces the differing range only.
 */
export function shape(now: EditorState): Transaction | null {
  const { before: begin, entered, shaped, touched } = bindingKey.getState(now) ?? nothingSince(now.doc);
  const before = (shaped ?? entered)?.doc ?? begin;
  if (before === now.doc) return null;
  const contentAt = (from: number, to: number): Delta => contentBetween(before, from, to);
  const change = changeBetween(before, now.doc, touched);
  const allowed = allowedChange(change, contentAt, formatsOf(now.schema));
  if (allowed === change && isWithinText(before, now.doc, touched)) return null;
  const tr = reshape(before, now, touched, change, allowed);
  if (allowed === change && !tr.docChanged) return null;
  return tr
    .setMeta(bindingKey, { origin: 'shaped', change: allowed, doc: tr.doc } satisfies Shaped)
    .setMeta('addToHistory', false)
    .setMeta('preventAutolink', true)
    .setMeta('preventClearDocument', true);
}

/**
 * Whether a change stayed within the text of one textblock and brought no newline: then the tree is
 * right, unless a mark that was set says the same as an opaque one that is still there.
 */
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
    !now.textBetween(touched.from, touched.to).includes('\n') &&
    !now.rangeHasMark(touched.from, touched.to, now.type.schema.mark('opaque').type)
  );
}

function reshape(
  before: Node,
  now: EditorState,
  touched: Touched | null,
  change: Delta,
  allowed: Delta,
): Transaction {
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
  if (isShown(now.doc, range, wanted)) return tr;
  const selection = markSelection(now.doc, now.selection);
  replaceBlocks(tr, range, wanted);
  const moved = allowed === change ? new Delta() : windowChange(shown, wanted, 0, 1);
  restoreSelection(tr, selection, shifted(moved, range.start));
  return now.storedMarks === null ? tr : tr.setStoredMarks(now.storedMarks);
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
