import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Chunk, ChunkedDocument } from './chunked-document';
import { CANONICAL_TAIL, canonicalHead, canonicalOp } from './canonical';

/** So much more does it cost to write a byte of the canonical form than to hash it. */
const WRITING = 4;

/** The canonical form of a chunk's operations, but for the tail of the last. */
interface Written {
  readonly bytes: Uint8Array;
  /** What the first begins with if it is text, and how many bytes that takes. */
  readonly head: string | null;
  readonly headBytes: number;
  /** What the last is if it is text. */
  readonly lastHead: string | null;
}

type State = ReturnType<typeof sha256.create>;

/**
 * Computes the hash that `check` compares, of one document after the other: SHA-256 in hex of the
 * RFC 8785 form of the document's operations. Each begins at the first chunk that is not the same as in
 * the one before, and goes in steps if it takes long. A document that is changed meanwhile is another
 * one: the hash is of the one that it was begun with.
 *
 * The browser's own SHA-256 needs a secure context, which a wiki on a plain address in a local network
 * is not.
 */
export class RunningHash {
  private readonly written = new WeakMap<Chunk, Written>();
  private chunks: readonly Chunk[] = [];
  /** The hash of everything before each chunk, as far as it is known. */
  private readonly states: State[] = [sha256.create().update(utf8ToBytes('['))];

  /** Begins with a document; the one before is given up if it is not done. */
  begin({ chunks }: ChunkedDocument): void {
    const most = Math.min(this.states.length - 1, chunks.length);
    let same = 0;
    while (same < most && this.chunks[same] === chunks[same]) same++;
    this.states.length = same + 1;
    this.chunks = chunks;
  }

  /** Hashes so many bytes, more or less; the hash in hex when it is complete, null before. */
  step(bytes: number): string | null {
    for (let left = bytes; this.states.length <= this.chunks.length; ) {
      if (left <= 0) return null;
      left -= this.next();
    }
    const end = this.state(this.chunks.length).clone();
    return bytesToHex(end.update(utf8ToBytes(`${this.tailBefore(this.chunks.length)}]`)).digest());
  }

  /** Hashes the next chunk; what that cost. */
  private next(): number {
    const index = this.states.length - 1;
    const chunk = this.chunks[index] as Chunk;
    const known = this.written.has(chunk);
    const { bytes, head, headBytes } = this.write(chunk);
    const state = this.state(index).clone();
    if (index > 0 && head !== null && head === this.writtenAt(index - 1).lastHead) {
      state.update(bytes.subarray(headBytes));
    } else {
      if (index > 0) state.update(utf8ToBytes(`${this.tailBefore(index)},`));
      state.update(bytes);
    }
    this.states.push(state);
    return bytes.length * (known ? 1 : WRITING);
  }

  private state(index: number): State {
    return this.states[index] as State;
  }

  private tailBefore(index: number): string {
    return index > 0 && this.writtenAt(index - 1).lastHead !== null ? CANONICAL_TAIL : '';
  }

  private writtenAt(index: number): Written {
    return this.write(this.chunks[index] as Chunk);
  }

  private write(chunk: Chunk): Written {
    const known = this.written.get(chunk);
    if (known !== undefined) return known;
    const now = writtenForm(chunk);
    this.written.set(chunk, now);
    return now;
  }
}

function writtenForm({ ops }: Chunk): Written {
  const first = ops[0];
  const last = ops.at(-1);
  const head = first === undefined ? null : canonicalHead(first);
  let text = '';
  for (const op of ops) {
    text += canonicalOp(op);
    if (op !== last) text += typeof op.insert === 'string' ? `${CANONICAL_TAIL},` : ',';
  }
  return {
    bytes: utf8ToBytes(text),
    head,
    headBytes: head === null ? 0 : utf8ToBytes(head).length,
    lastHead: last === undefined ? null : canonicalHead(last),
  };
}
