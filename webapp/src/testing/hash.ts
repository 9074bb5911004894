import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type Delta from 'quill-delta';

/** The hash that `check` compares, of a document in normal form, by its definition and all at once. */
export function documentHash(document: Delta): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalize(document.ops) ?? '')));
}
