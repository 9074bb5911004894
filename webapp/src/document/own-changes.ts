import type Delta from 'quill-delta';
import type { Transaction } from '@tiptap/pm/state';
import { allowedChange } from './allowed';
import { applyChange } from './apply';
import { bindingKey, type Entered } from './binding-state';
import { contentBetween } from './linesOf';
import { formatsOf } from './page-formats';

/**
 * Enters a change that this user makes by a key or a command, as far as it may be sent; false when
 * nothing of it is left. It is told to the session as it is: which of many like newlines are the new
 * ones, a comparison of the documents before and after could only guess.
 */
export function enterOwn(tr: Transaction, change: Delta): boolean {
  const allowed = allowedPart(tr, change);
  if (allowed === null) return false;
  const isFirst = !tr.docChanged;
  applyChange(tr, allowed);
  if (isFirst) tr.setMeta(bindingKey, { origin: 'own', change: allowed, doc: tr.doc } satisfies Entered);
  return true;
}

/** What may be sent of a change; null when that is nothing. */
export function allowedPart({ doc }: Transaction, change: Delta | null): Delta | null {
  if (change === null) return null;
  const allowed = allowedChange(change, (from, to) => contentBetween(doc, from, to), formatsOf(doc.type.schema));
  return allowed.ops.length === 0 ? null : allowed;
}
