import Delta, { type AttributeMap } from 'quill-delta';
import type { JsonObject } from './formats';

/** A run of text without a newline, or one embed, with its inline attributes. */
export interface Piece {
  readonly insert: string | JsonObject;
  readonly attributes: AttributeMap;
}

/** One line of a document: what stands before its newline, and the newline's attributes. */
export interface Line {
  readonly pieces: readonly Piece[];
  readonly attributes: AttributeMap;
}

const NONE: AttributeMap = {};

/**
 * Splits a document, or a part of one that ends with a newline, into its lines.
 * Throws when the last newline is missing or an operation is no insert: such a delta is no document.
 */
export function lines(document: Delta): Line[] {
  const result: Line[] = [];
  let pieces: Piece[] = [];
  for (const op of document.ops) {
    const attributes = op.attributes ?? NONE;
    if (typeof op.insert === 'string') {
      const parts = op.insert.split('\n');
      parts.forEach((part, i) => {
        if (part !== '') pieces.push({ insert: part, attributes });
        if (i < parts.length - 1) {
          result.push({ pieces, attributes });
          pieces = [];
        }
      });
    } else if (op.insert !== undefined) {
      pieces.push({ insert: op.insert, attributes });
    } else {
      throw new Error('a document holds inserts only');
    }
  }
  if (pieces.length > 0) throw new Error('a document ends with a newline');
  return result;
}

/** How many places a line takes, its newline included. */
export function lineLength(line: Line): number {
  return line.pieces.reduce(
    (sum, piece) => sum + (typeof piece.insert === 'string' ? piece.insert.length : 1),
    1,
  );
}

/** Whether two sets of attributes say the same, whatever the order of their names. */
export function sameAttributes(a: AttributeMap, b: AttributeMap): boolean {
  return Delta.AttributeMap.diff(a, b) === undefined;
}
