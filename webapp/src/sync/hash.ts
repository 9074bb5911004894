import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type Delta from 'quill-delta';
import type { Op } from 'quill-delta';

/**
 * The hash that `check` compares: SHA-256 in hex of the RFC 8785 form of the document's operations,
 * which must be in normal form. The browser's own SHA-256 needs a secure context, which a wiki on
 * a plain address in a local network is not.
 */
export function documentHash(document: Delta): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalize(document.ops) ?? '')));
}

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
