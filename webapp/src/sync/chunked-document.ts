import Delta, { type Op, type OpIterator } from 'quill-delta';
import { canonicalHead } from './hash';

/** How many code units (and one more, not to cut a surrogate pair) and operations a chunk has at most. */
export interface ChunkSize {
  readonly length: number;
  readonly ops: number;
}

const SIZE: ChunkSize = { length: 4096, ops: 64 };

/** A part of a document in normal form; it never changes. */
export interface Chunk {
  readonly ops: readonly Op[];
  readonly length: number;
}

/**
 * A document cut into chunks of some thousand code units. A change makes new chunks where it
 * touches the document and shares the others, so that its cost does not grow with the page, and what
 * is known of a chunk (its canonical form, a hash up to it) stays known. Immutable.
 *
 * Text that has one set of attributes may go on from chunk to chunk; a surrogate pair does not.
 */
export class ChunkedDocument {
  static readonly EMPTY = new ChunkedDocument([], SIZE);

  private constructor(
    readonly chunks: readonly Chunk[],
    private readonly size: ChunkSize,
  ) {}

  /** Cuts a document in normal form. */
  static of(document: Delta, size = SIZE): ChunkedDocument {
    return new ChunkedDocument(cut(document.ops, size), size);
  }

  /** The document in code units. */
  get length(): number {
    return this.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  /** The document after a change that goes no further than its end. */
  apply(change: Delta): ChunkedDocument {
    const result = new Chunks(this.size);
    const ops = new Delta.OpIterator(change.ops);
    for (const chunk of this.chunks) {
      const part = partWithin(ops, chunk.length);
      if (part === null) result.append(chunk);
      else result.cut(new Delta(chunk.ops as Op[]).compose(part).ops);
    }
    result.cut(ops.rest().filter((op) => op.insert !== undefined));
    return new ChunkedDocument(result.list, this.size);
  }

  /** The document in normal form. */
  toDelta(): Delta {
    const ops: Op[] = [];
    for (const chunk of this.chunks) join(ops, chunk.ops);
    return new Delta(ops);
  }
}

/** Takes what a change does within so many code units, or null if that is nothing. */
function partWithin(ops: OpIterator, length: number): Delta | null {
  if (isIdle(ops) && ops.peekLength() >= length) {
    ops.next(length);
    return null;
  }
  const part = new Delta();
  for (let left = length; left > 0; ) {
    const op = ops.next(ops.peekType() === 'insert' ? undefined : left);
    if (op.retain === Infinity) break;
    part.push(op);
    if (op.insert === undefined) left -= Delta.Op.length(op);
  }
  return part;
}

/** Whether the change leaves alone what comes next. */
function isIdle(ops: OpIterator): boolean {
  return ops.peekType() === 'retain' && ops.peek()?.attributes === undefined;
}

/** Cuts operations into chunks; none when there is nothing. */
function cut(ops: readonly Op[], size: ChunkSize): Chunk[] {
  const chunks: Chunk[] = [];
  let part: Op[] = [];
  let room = size.length;
  const close = (): void => {
    if (part.length > 0) chunks.push({ ops: part, length: lengthOf(part) });
    part = [];
    room = size.length;
  };
  for (const op of ops) {
    for (const piece of pieces(op, () => room)) {
      part.push(piece);
      room -= Delta.Op.length(piece);
      if (room <= 0 || part.length === size.ops) close();
    }
  }
  close();
  return chunks;
}

/** An operation in pieces, each no longer than there is room then, but for the half of a pair. */
function* pieces(op: Op, room: () => number): Iterable<Op> {
  if (typeof op.insert !== 'string' || op.insert.length <= room()) {
    yield op;
    return;
  }
  const text = op.insert;
  for (let start = 0; start < text.length; ) {
    let end = start + room();
    if (isHigh(text.charCodeAt(end - 1)) && isLow(text.charCodeAt(end))) end += 1;
    yield { ...op, insert: text.slice(start, end) };
    start = end;
  }
}

/** The chunks of a new document, in the making. */
class Chunks {
  readonly list: Chunk[] = [];

  constructor(private readonly size: ChunkSize) {}

  /** Adds new content. */
  cut(ops: readonly Op[]): void {
    for (const chunk of cut(ops, this.size)) this.append(chunk);
  }

  /** Adds a chunk, joined with the one before if both are small or a pair lies across them. */
  append(chunk: Chunk): void {
    const last = this.list.at(-1);
    if (last !== undefined && (this.areSmall(last, chunk) || splitsPair(last, chunk))) {
      this.list.pop();
      const ops = [...last.ops];
      join(ops, chunk.ops);
      this.list.push(...cut(ops, this.size));
    } else {
      this.list.push(chunk);
    }
  }

  private areSmall(a: Chunk, b: Chunk): boolean {
    return (
      Math.min(a.length, b.length) < this.size.length / 4 &&
      a.length + b.length <= this.size.length &&
      a.ops.length + b.ops.length <= this.size.ops
    );
  }
}

function splitsPair(a: Chunk, b: Chunk): boolean {
  const before = a.ops.at(-1)?.insert;
  const after = b.ops[0]?.insert;
  return (
    typeof before === 'string' &&
    typeof after === 'string' &&
    isHigh(before.charCodeAt(before.length - 1)) &&
    isLow(after.charCodeAt(0))
  );
}

/** Adds operations that follow; text goes on if its attributes are the same. */
function join(ops: Op[], more: readonly Op[]): void {
  const last = ops.at(-1);
  const next = more[0];
  const head = last === undefined ? null : canonicalHead(last);
  const goesOn = next !== undefined && head !== null && head === canonicalHead(next);
  if (goesOn) ops[ops.length - 1] = { ...last, insert: `${last?.insert as string}${next.insert as string}` };
  for (let i = goesOn ? 1 : 0; i < more.length; i++) ops.push(more[i] as Op);
}

function lengthOf(ops: readonly Op[]): number {
  return ops.reduce((sum, op) => sum + Delta.Op.length(op), 0);
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
