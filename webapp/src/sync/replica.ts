import Delta from 'quill-delta';
import type { Unacknowledged } from '../journal';
import { ChunkedDocument } from './chunked-document';
import { documentChange } from './document-change';
import type { Committed, Limits } from './frames';
import { splitChange } from './split';
import { deletedText, insertedText } from './text';

/** The change that was sent and is not acknowledged yet, on top of the base. */
export interface InFlight {
  readonly seq: number;
  readonly delta: Delta;
}

/** Changes that could not stay: what takes them out of the shown document, and their text. */
export interface Withdrawn {
  readonly change: Delta;
  readonly text: string;
}

/** What a document that came as a whole means for the shown one. */
export interface Rebased {
  readonly change: Delta;
  /** The text that only the old base had, where the server went back; null where it did not. */
  readonly lost: string | null;
}

/**
 * One page at one client: the document at the last known revision, the change in flight on top of
 * it, and on top of that what was typed since. The three together are what the user sees.
 *
 * Ties: a committed change has priority over what is still to come, so it is transformed with
 * `x.transform(c, false)` over pending changes, and those with `c.transform(x, true)` over it.
 */
export class Replica {
  private doc = ChunkedDocument.EMPTY;
  private revision = 0;
  private flying: InFlight | null = null;
  private next = new Delta();
  private lastSeq = 0;

  /** The revision of the base. */
  get rev(): number {
    return this.revision;
  }

  /** The change in flight, if any. */
  get inFlight(): InFlight | null {
    return this.flying;
  }

  /** What is neither sent nor in flight. */
  get unsent(): Delta {
    return this.next;
  }

  /** Whether there is something of that. */
  get hasUnsent(): boolean {
    return this.next.ops.length > 0;
  }

  /** The document at {@link rev}, in chunks. */
  get document(): ChunkedDocument {
    return this.doc;
  }

  /** The document at {@link rev}. */
  base(): Delta {
    return this.doc.toDelta();
  }

  /** The document that the user sees. */
  shown(): Delta {
    return this.base().compose(this.pending());
  }

  /** Everything that is not acknowledged, as one change on top of the base. */
  pending(): Delta {
    return this.flying === null ? this.next : this.flying.delta.compose(this.next);
  }

  /** The text that this user typed and that is not acknowledged. */
  pendingText(): string {
    return insertedText(this.pending());
  }

  /** Starts with a document. */
  load(doc: Delta, rev: number): void {
    this.doc = ChunkedDocument.of(doc);
    this.revision = rev;
  }

  /** Goes on where another tab ended: with the document at the revision of what it had not acknowledged. */
  resume(doc: Delta, { rev, acked, flying, next }: Unacknowledged): void {
    this.load(doc, rev);
    this.flying = flying === null ? null : { seq: acked + 1, delta: new Delta([...flying]) };
    this.next = new Delta([...next]);
    this.lastSeq = this.flying?.seq ?? acked;
  }

  /** What is not acknowledged, to be kept on the device; null when there is nothing. */
  unacknowledged(): Unacknowledged | null {
    if (this.flying === null && !this.hasUnsent) return null;
    return {
      rev: this.revision,
      length: this.doc.length,
      acked: this.acknowledgedSeq,
      flying: this.flying?.delta.ops ?? null,
      next: this.next.ops,
    };
  }

  /** Adds an edit of this user. */
  edit(change: Delta): void {
    this.next = this.next.compose(change);
  }

  /** Puts what is unsent in flight, as much of it as the limits allow; null when there is nothing to do. */
  takeOff(limits: Limits): InFlight | null {
    if (this.flying !== null || !this.hasUnsent) return null;
    const [delta, rest] = splitChange(this.next, limits);
    this.next = rest;
    this.lastSeq += 1;
    this.flying = { seq: this.lastSeq, delta };
    return this.flying;
  }

  /** Takes the change in flight back among the unsent, to be sent in smaller parts under the same seq. */
  returnToUnsent(): void {
    if (this.flying === null) return;
    this.next = this.flying.delta.compose(this.next);
    this.flying = null;
    this.lastSeq -= 1;
  }

  /** The change in flight is committed as the next revision. */
  acknowledged(): void {
    if (this.flying === null) return;
    this.doc = this.doc.apply(this.flying.delta);
    this.revision += 1;
    this.flying = null;
  }

  /** Takes the next revision in; the result is what it means for the shown document. */
  commit(change: Committed): Delta {
    this.doc = this.doc.apply(change.delta);
    this.revision = change.rev;
    return this.passThrough(change.delta);
  }

  /**
   * Whether a server at this revision, with this client's changes up to `acked`, lacks what it had
   * committed before: it was restored from a backup.
   */
  isAheadOf(rev: number, acked: number): boolean {
    return rev < this.revision || acked < this.acknowledgedSeq;
  }

  /** Whether the server has changes of this client that this one never sent, as far as it knows. */
  isBehind(acked: number): boolean {
    return acked > this.lastSeq;
  }

  /** The server's word on what of this client is durable: the next seq comes after that. */
  follow(acked: number): void {
    if (this.flying === null) this.lastSeq = Math.max(this.lastSeq, acked);
  }

  private get acknowledgedSeq(): number {
    return this.flying === null ? this.lastSeq : this.flying.seq - 1;
  }

  /**
   * Goes on from a document of the server whose way from the base is not known, with this client's
   * changes up to `acked` in it. What the user has pending is carried over by the difference of the two.
   */
  rebase(doc: Delta, rev: number, acked: number): Rebased {
    const base = this.base();
    const back = this.isAheadOf(rev, acked);
    if (back) {
      // The seqs above `acked` are free again, and the server waits for the first of them.
      this.returnToUnsent();
      this.lastSeq = acked;
    }
    const arrived = this.flying !== null && acked >= this.flying.seq;
    const before = this.flying !== null && arrived ? base.compose(this.flying.delta) : base;
    if (arrived) this.flying = null;
    const change = documentChange(before, doc);
    this.load(doc, rev);
    return { change: this.passThrough(change), lost: back ? deletedText(change, base) : null };
  }

  /** Takes the change in flight out, because the server refused it; later edits stay. */
  withdrawFlying(): Withdrawn {
    const flying = this.flying;
    if (flying === null) return { change: new Delta(), text: '' };
    const back = flying.delta.invert(this.base());
    const change = this.next.transform(back, false);
    const text = insertedText(flying.delta);
    this.next = back.transform(this.next, true);
    this.flying = null;
    this.lastSeq -= 1;
    return { change, text };
  }

  /** Takes everything out that is not acknowledged. */
  withdrawAll(): Withdrawn {
    const pending = this.pending();
    const change = pending.invert(this.base());
    if (this.flying !== null) this.lastSeq -= 1;
    this.flying = null;
    this.next = new Delta();
    return { change, text: insertedText(pending) };
  }

  private passThrough(committed: Delta): Delta {
    let change = committed;
    if (this.flying !== null) {
      const { seq, delta } = this.flying;
      this.flying = { seq, delta: change.transform(delta, true) };
      change = delta.transform(change, false);
    }
    const next = change.transform(this.next, true);
    change = this.next.transform(change, false);
    this.next = next;
    return change;
  }
}
