import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type Delta from 'quill-delta';

/**
 * The hash that `check` compares: SHA-256 in hex of the RFC 8785 form of the document's operations,
 * which must be in normal form. The browser's own SHA-256 needs a secure context, which a wiki on
 * a plain address in a local network is not.
 */
export function documentHash(document: Delta): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalize(document.ops) ?? '')));
}
