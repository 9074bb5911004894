import canonicalize from 'canonicalize';
import type { Op } from 'quill-delta';

/** What ends the RFC 8785 form of an insert of text. */
export const CANONICAL_TAIL = '"}';

/**
 * What stands before the text in the RFC 8785 form of an insert, or null if it inserts no text. Two
 * inserts of text with the same are one in normal form.
 */
export function canonicalHead(op: Op): string | null {
  if (typeof op.insert !== 'string') return null;
  return op.attributes === undefined
    ? '{"insert":"'
    : `{"attributes":${canonicalize(op.attributes) ?? ''},"insert":"`;
}

/** The RFC 8785 form of an operation of a document, without the tail if it is text. */
export function canonicalOp(op: Op): string {
  const head = canonicalHead(op);
  return head === null ? (canonicalize(op) ?? '') : head + JSON.stringify(op.insert).slice(1, -1);
}
