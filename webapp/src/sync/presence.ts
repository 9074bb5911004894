import Delta from 'quill-delta';
import type { CursorFrame, Peer } from './frames';
import type { Replica } from './replica';

/** A range in the shown document. */
export interface Range {
  readonly index: number;
  readonly length: number;
}

const KEPT_REVISIONS = 200;

/** Where a range stands after a change: an insert at its start moves it, one at its end stays outside. */
export function rangeAfter({ index, length }: Range, change: Delta): Range {
  const start = change.transformPosition(index);
  if (length === 0) return { index: start, length: 0 };
  const end = change.transformPosition(index + length, true);
  return { index: Math.min(start, end), length: Math.max(0, end - start) };
}

/** Where an index stood before a change; inside of an insert it stood at the insert's place. */
export function indexBefore(index: number, change: Delta): number {
  let after = 0;
  let before = 0;
  for (const op of change.ops) {
    if (after >= index && op.delete === undefined) break;
    const length = Delta.Op.length(op);
    if (op.delete !== undefined) {
      // Text deleted right at the index lies behind it.
      if (after < index) before += length;
      continue;
    }
    const step = Math.min(length, index - after);
    after += step;
    if (op.insert === undefined) before += step;
  }
  return before + (index - after);
}

/** The other clients of a page, and where their cursors stand in the document as it is shown. */
export class Presence {
  private readonly peers = new Map<string, Peer>();
  private readonly ranges = new Map<string, Range>();
  private readonly early = new Map<string, CursorFrame>();
  private readonly recent: { rev: number; delta: Delta }[] = [];

  /** Begins anew with those who are there at a join. */
  reset(peers: readonly Peer[]): void {
    this.peers.clear();
    for (const peer of peers) this.peers.set(peer.client, peer);
    for (const client of [...this.ranges.keys()]) {
      if (!this.peers.has(client)) this.ranges.delete(client);
    }
    this.early.clear();
  }

  /** Everyone's cursor goes, as the connection went. */
  hideCursors(): void {
    this.ranges.clear();
    this.early.clear();
  }

  /** Someone came, changed or left. */
  peer(peer: Peer, left: boolean): void {
    if (left) {
      this.peers.delete(peer.client);
      this.ranges.delete(peer.client);
      this.early.delete(peer.client);
    } else {
      this.peers.set(peer.client, peer);
    }
  }

  /** Those who are there. */
  list(): Peer[] {
    return [...this.peers.values()];
  }

  /** Those who have a cursor, with its range. */
  cursors(): { peer: Peer; range: Range }[] {
    return [...this.ranges].flatMap(([client, range]) => {
      const peer = this.peers.get(client);
      return peer === undefined ? [] : [{ peer, range }];
    });
  }

  /** A revision is committed: cursors that were sent before it are still to be carried over it. */
  committed(rev: number, delta: Delta): void {
    this.recent.push({ rev, delta });
    if (this.recent.length > KEPT_REVISIONS) this.recent.shift();
  }

  /** The revisions before a document that came as a whole say nothing about it. */
  forgetRevisions(): void {
    this.recent.length = 0;
  }

  /** The shown document changed. */
  changed(change: Delta): void {
    for (const [client, range] of this.ranges) this.ranges.set(client, rangeAfter(range, change));
  }

  /** Takes a cursor in; one of a revision that is still to come waits for it. */
  cursor(frame: CursorFrame, replica: Replica): void {
    this.early.delete(frame.client);
    if (frame.place === null) {
      this.ranges.delete(frame.client);
    } else if (frame.rev > replica.rev) {
      this.early.set(frame.client, frame);
    } else {
      let range: Range = frame.place;
      for (const { rev, delta } of this.recent) {
        if (rev > frame.rev) range = rangeAfter(range, delta);
      }
      this.ranges.set(frame.client, rangeAfter(range, replica.pending()));
    }
  }

  /** Enters the cursors whose revision has come. */
  enterEarly(replica: Replica): void {
    for (const frame of [...this.early.values()]) {
      if (frame.rev <= replica.rev) this.cursor(frame, replica);
    }
  }
}
