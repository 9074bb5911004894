import Delta, { type Op, type OpIterator } from 'quill-delta';
import { firstLeaf, Fork, joined, lastLeaf, leavesOf, type Tree } from './balanced-tree';
import { canonicalHead } from './canonical';

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
 * A document cut into chunks of some thousand code units, which hang in a balanced tree. A change makes
 * new chunks where it touches the document and shares the others with all the forks above them: what a
 * keystroke costs goes with the tree's height, and what is known of a chunk (its canonical form, a hash
 * up to it) stays known. Immutable.
 *
 * Text that has one set of attributes may go on from chunk to chunk; a surrogate pair does not.
 */
export class ChunkedDocument {
  static readonly EMPTY = new ChunkedDocument(null, SIZE);

  /** @param content null for nothing */
  private constructor(
    private readonly content: Tree<Chunk> | null,
    private readonly size: ChunkSize,
  ) {}

  /** Cuts a document in normal form. */
  static of(document: Delta, size = SIZE): ChunkedDocument {
    const result = new Growing(size);
    result.cut(document.ops);
    return new ChunkedDocument(result.whole(), size);
  }

  /** The document in code units. */
  get length(): number {
    return this.content?.length ?? 0;
  }

  /** All chunks in order, in time that goes with their number. */
  get chunks(): readonly Chunk[] {
    return this.content === null ? [] : leavesOf(this.content);
  }

  /** The document after a change that goes no further than its end. */
  apply(change: Delta): ChunkedDocument {
    const result = new Growing(this.size);
    const ops = new Delta.OpIterator(change.ops);
    if (this.content !== null) applyWithin(this.content, ops, result);
    result.cut(ops.rest().filter((op) => op.insert !== undefined));
    return new ChunkedDocument(result.whole(), this.size);
  }

  /** The document in normal form, in time that goes with its length. */
  toDelta(): Delta {
    const ops: Op[] = [];
    for (const chunk of this.chunks) join(ops, chunk.ops);
    return new Delta(ops);
  }
}

/** Adds what a part of the document becomes: itself where the change leaves it alone. */
function applyWithin(part: Tree<Chunk>, ops: OpIterator, result: Growing): void {
  if (isIdle(ops) && ops.peekLength() >= part.length) {
    ops.next(part.length);
    result.append(part);
  } else if (part instanceof Fork) {
    applyWithin(part.left, ops, result);
    applyWithin(part.right, ops, result);
  } else {
    result.cut(new Delta(part.ops as Op[]).compose(changeWithin(ops, part.length)).ops);
  }
}

/** Takes what a change does within so many code units. */
function changeWithin(ops: OpIterator, length: number): Delta {
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

/** A new document in the making: trees that follow each other. */
class Growing {
  private readonly trees: Tree<Chunk>[] = [];

  constructor(private readonly size: ChunkSize) {}

  /** Adds new content. */
  cut(ops: readonly Op[]): void {
    for (const chunk of cut(ops, this.size)) this.append(chunk);
  }

  /** Adds a tree. Where it meets the one before, chunks are joined if both are small or a pair lies across them. */
  append(tree: Tree<Chunk>): void {
    const last = this.trees.at(-1);
    if (last === undefined || !this.belongTogether(lastLeaf(last), firstLeaf(tree))) {
      this.trees.push(tree);
    } else if (tree instanceof Fork) {
      this.append(tree.left);
      this.append(tree.right);
    } else {
      const ops = [...this.takeLast().ops];
      join(ops, tree.ops);
      this.trees.push(...cut(ops, this.size));
    }
  }

  /** Everything as one tree; null when there is nothing. */
  whole(): Tree<Chunk> | null {
    const first = this.trees.shift();
    return first === undefined ? null : this.trees.reduce(joined, first);
  }

  /** Takes the last chunk out; there must be one. */
  private takeLast(): Chunk {
    let last = this.trees.pop() as Tree<Chunk>;
    while (last instanceof Fork) {
      this.trees.push(last.left);
      last = last.right;
    }
    return last;
  }

  private belongTogether(a: Chunk, b: Chunk): boolean {
    return this.areSmall(a, b) || splitsPair(a, b);
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
