import type { ClientFrame } from './frames';
import type { Replica } from './replica';
import { RunningHash } from './running-hash';

/** A check is made once in so many revisions. */
const EVERY = 100;

/** Bytes that are hashed in one go: a few milliseconds. */
export const STEP_BYTES = 256 * 1024;

/** The comparison with the server's document, from time to time, without being felt on a long page. */
export class Checks {
  private readonly hash = new RunningHash();
  private last = 0;
  /** The revision whose hash is on its way. */
  private rev: number | null = null;

  /** The document came from the server as it is at this revision. */
  arrived(rev: number): void {
    this.last = rev;
    this.rev = null;
  }

  /** Begins a check of the base, if it is time for one. */
  begin(replica: Replica): boolean {
    if (replica.rev - this.last < EVERY) return false;
    this.last = replica.rev;
    this.rev = replica.rev;
    this.hash.begin(replica.document);
    return true;
  }

  /** Goes on: the frame to send when the hash is complete, 'more' before, null when there is no check. */
  goOn(): ClientFrame | 'more' | null {
    if (this.rev === null) return null;
    const hash = this.hash.step(STEP_BYTES);
    if (hash === null) return 'more';
    const frame: ClientFrame = { t: 'check', rev: this.rev, hash };
    this.rev = null;
    return frame;
  }
}
