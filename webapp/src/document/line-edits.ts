import Delta, { type AttributeMap, type Op } from 'quill-delta';
import type { Node } from '@tiptap/pm/model';
import { formatsOf } from './page-formats';
import { lineAt, replacing } from './placed-lines';
import { deltaLength } from './positions';

/** Empty lines to put where a line starts, or whole lines to take away from there. */
export type LineEdit =
  | { readonly at: number; readonly insert: readonly AttributeMap[] }
  | { readonly at: number; readonly remove: number };

/** The change that does edits of whole lines; of those at one place inserts come first, in their order. */
export function editLines(doc: Node, edits: readonly LineEdit[]): Delta {
  const change = new Delta();
  const first = (edit: LineEdit): number => ('insert' in edit ? 0 : 1);
  let index = 0;
  for (const edit of [...edits].sort((a, b) => a.at - b.at || first(a) - first(b))) {
    change.retain(edit.at - index);
    index = edit.at;
    if ('insert' in edit) {
      for (const attributes of edit.insert) change.insert('\n', attributes);
    } else {
      change.delete(edit.remove);
      index += edit.remove;
    }
  }
  return index < deltaLength(doc) ? change.chop() : keepLast(doc, change);
}

/**
 * The last newline of a document can be neither deleted nor followed by anything. A change that goes
 * to the end leaves it in its place and makes it the newline of the line that comes to be the last.
 */
function keepLast(doc: Node, { ops }: Delta): Delta {
  const end = deltaLength(doc) - 1;
  const { attributes } = lineAt(doc, end).line;
  const last = ops.at(-1);
  if (last?.delete === undefined) return append(ops, end, attributes, formatsOf(doc.type.schema).knownLineAttributes(attributes));
  const before = ops.at(-2);
  const change = new Delta(ops.slice(0, -2));
  if (typeof before?.retain === 'number') {
    const above = lineAt(doc, end - last.delete).line.attributes;
    return change.retain(before.retain - 1).delete(last.delete).retain(1, replacing(attributes, above)).chop();
  }
  return change.delete(last.delete - 1).retain(1, replacing(attributes, before?.attributes ?? {})).chop();
}

/** New lines at the end: the old last newline ends the last one of them, and the line before gets what is known of its format. */
function append(ops: readonly Op[], end: number, last: AttributeMap, known: AttributeMap): Delta {
  const from = ops.findLastIndex(({ insert }) => insert === undefined) + 1;
  const added = ops.slice(from);
  const change = new Delta(ops.slice(0, Math.max(0, from - 1)));
  const spanned = change.ops.reduce((sum, op) => sum + (op.insert === undefined ? Delta.Op.length(op) : 0), 0);
  change.retain(end - spanned).insert('\n', known);
  for (const op of added.slice(0, -1)) change.push(op);
  return change.retain(1, replacing(last, added.at(-1)?.attributes ?? {})).chop();
}
