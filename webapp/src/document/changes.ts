import Delta from 'quill-delta';
import type { Node, ResolvedPos } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { AttrStep, Mapping } from '@tiptap/pm/transform';
import { deltaOf, inlineBetween } from './linesOf';
import { blockRange, indexAt } from './positions';

/** A changed part, in positions of the document after the change. What lies outside is untouched. */
export interface Touched {
  readonly from: number;
  readonly to: number;
}

/** Adds what a transaction touched to what earlier ones did. */
export function touchedBy(before: Touched | null, tr: Transaction): Touched | null {
  let from = before === null ? Infinity : tr.mapping.map(before.from, -1);
  let to = before === null ? -Infinity : tr.mapping.map(before.to, 1);
  tr.steps.forEach((step, i) => {
    const rest = new Mapping(tr.mapping.maps.slice(i + 1));
    const add = (start: number, end: number): void => {
      from = Math.min(from, rest.map(start, -1));
      to = Math.max(to, rest.map(end, 1));
    };
    step.getMap().forEach((_oldStart, _oldEnd, start, end) => add(start, end));
    if (step instanceof AttrStep) {
      // An item's attributes speak for everything nested in it.
      const node = tr.docs[i]?.nodeAt(step.pos);
      add(step.pos, step.pos + (node?.nodeSize ?? 1));
    } else if ('mark' in step && 'from' in step && 'to' in step) {
      add(step.from as number, step.to as number);
    }
  });
  return from <= to ? { from, to } : before;
}

/** The part where two documents differ, found by comparing them; for when no steps are at hand. */
export function differing(before: Node, after: Node): Touched | null {
  const from = before.content.findDiffStart(after.content);
  const end = before.content.findDiffEnd(after.content);
  if (from === null || end === null) return null;
  const least = Math.min(end.a, end.b);
  return { from, to: end.b + Math.max(0, from - least) };
}

/** A changed window of a document: top-level blocks before and after, with the same place in both. */
export interface ChangedBlocks {
  /** Blocks untouched at the front, and at the end. */
  readonly front: number;
  readonly back: number;
}

/** Which top-level blocks a change lies in. */
export function changedBlocks(before: Node, after: Node, touched: Touched): ChangedBlocks {
  const behind = after.content.size - touched.to;
  const front = Math.min(blocksBefore(before, touched.from), blocksBefore(after, touched.from));
  const back = Math.min(blocksBehind(before, behind), blocksBehind(after, behind));
  return { front, back: Math.min(back, Math.min(before.childCount, after.childCount) - front) };
}

function blocksBefore(doc: Node, pos: number): number {
  let end = 0;
  let i = 0;
  while (i < doc.childCount && (end += doc.child(i).nodeSize) < pos) i++;
  return Math.min(i, doc.childCount - 1);
}

function blocksBehind(doc: Node, distance: number): number {
  let size = 0;
  let i = 0;
  while (i < doc.childCount && (size += doc.child(doc.childCount - 1 - i).nodeSize) < distance) i++;
  return Math.min(i, doc.childCount - 1);
}

/** The change that leads from one document to the next, which differ only where `touched` says. */
export function changeBetween(before: Node, after: Node, touched: Touched | null): Delta {
  const part = touched ?? differing(before, after);
  if (before === after || part === null) return new Delta();
  return inlineChange(before, after, part) ?? blockChange(before, after, part);
}

/** The common case: text or marks of one textblock, no newline. Null when it is not that. */
function inlineChange(before: Node, after: Node, { from, to }: Touched): Delta | null {
  const oldTo = to + before.content.size - after.content.size;
  if (oldTo < from || to < from) return null;
  const $from = before.resolve(from);
  const $to = before.resolve(oldTo);
  const $newFrom = after.resolve(from);
  if (!sameTextblock($from, $to) || !sameTextblock($newFrom, after.resolve(to))) return null;
  if (!$from.parent.sameMarkup($newFrom.parent)) return null;
  const offset = $from.parentOffset;
  const old = inlineBetween($from.parent, offset, $to.parentOffset);
  const now = inlineBetween($newFrom.parent, offset, offset + to - from);
  if (hasNewline(old) || hasNewline(now)) return null;
  const change = new Delta().retain(indexAt(before, from));
  return append(change, difference(old, now)).chop();
}

function sameTextblock($a: ResolvedPos, $b: ResolvedPos): boolean {
  return $a.parent.isTextblock && $a.depth === $b.depth && $a.start() === $b.start();
}

function hasNewline(delta: Delta): boolean {
  return delta.ops.some((op) => typeof op.insert === 'string' && op.insert.includes('\n'));
}

function blockChange(before: Node, after: Node, part: Touched): Delta {
  const { front, back } = changedBlocks(before, after, part);
  const old = blockRange(before, front, before.childCount - back - 1);
  const now = blockRange(after, front, after.childCount - back - 1);
  const behind = after.content.size - part.to;
  const lead = Math.min(indexAt(before, part.from), indexAt(after, part.from)) - old.start;
  const tail = Math.min(
    old.end - indexAt(before, before.content.size - behind),
    now.end - indexAt(after, part.to),
  );
  return new Delta()
    .retain(old.start)
    .concat(
      windowChange(
        deltaOf(before.children.slice(front, before.childCount - back)),
        deltaOf(after.children.slice(front, after.childCount - back)),
        lead,
        tail,
      ),
    )
    .chop();
}

/**
 * The change between two windows whose first `lead` and last `tail` places hold the same text.
 * The last newline is always taken as the same one: the document's last must never be deleted.
 */
export function windowChange(old: Delta, now: Delta, lead: number, tail: number): Delta {
  const oldLength = old.length();
  const nowLength = now.length();
  const shorter = Math.min(oldLength, nowLength);
  const back = clamp(tail, 1, shorter);
  const front = clamp(lead, 0, shorter - back);
  const [a, b] = unsplit(old, now, front, back);
  const first = difference(old.slice(0, a), now.slice(0, a));
  const last = difference(old.slice(oldLength - b), now.slice(nowLength - b));
  if (first.ops.some(moves) || last.ops.some(moves)) {
    return lead === 0 && tail <= 1 ? new Delta() : windowChange(old, now, 0, 1);
  }
  const change = append(new Delta(), first, a);
  const middleOld = old.slice(a, oldLength - b);
  append(change, difference(middleOld, now.slice(a, nowLength - b)), oldLength - b - a);
  return append(change, last).chop();
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

function moves(op: Delta['ops'][number]): boolean {
  return op.retain === undefined;
}

/** Keeps the borders of the changed part out of surrogate pairs. */
function unsplit(old: Delta, now: Delta, front: number, back: number): [number, number] {
  const splitsFront = [old, now].some((delta) => splits(delta, front));
  const splitsBack = [old, now].some((delta) => splits(delta, delta.length() - back));
  return [splitsFront ? front - 1 : front, splitsBack && back > 1 ? back - 1 : back];
}

function splits(delta: Delta, index: number): boolean {
  const pair = index > 0 ? delta.slice(index - 1, index + 1).ops.map((op) => op.insert) : [];
  return pair.every((part) => typeof part === 'string') && /^[\ud800-\udbff][\udc00-\udfff]/.test(pair.join(''));
}

/** Comparing character by character is not worth it beyond this many steps. */
const MOST_WORK = 4_000_000;

/** The change from one run of content to another; neither needs to end with a newline. */
export function difference(old: Delta, now: Delta): Delta {
  const work = old.length() * now.length();
  if (work <= MOST_WORK || textOf(old) === textOf(now)) return old.diff(now);
  return new Delta(now.ops.slice()).concat(new Delta().delete(old.length()));
}

function textOf(delta: Delta): string {
  return delta.ops.map((op) => (typeof op.insert === 'string' ? op.insert : '\0')).join('');
}

/** Appends a change to one that stops where it begins; `length` is how much of the old document it spans. */
function append(target: Delta, change: Delta, length?: number): Delta {
  let spanned = 0;
  for (const op of change.ops) {
    if (typeof op.retain === 'number') spanned += op.retain;
    else if (op.delete !== undefined) spanned += op.delete;
    target.push(op);
  }
  return length === undefined ? target : target.retain(length - spanned);
}

