const BASE_MS = 250;
const CAP_MS = 30_000;

/** Waiting times between attempts to connect: doubled each time, with jitter, up to a cap. */
export class Backoff {
  private attempts = 0;

  /** `random` gives numbers from 0 up to 1. */
  constructor(private readonly random: () => number) {}

  /** How long to wait after the socket closed with this code, in milliseconds. */
  after(code: number): number {
    // 1012: this node is going down, another one is there at once. 1013: overloaded, come later.
    if (code === 1012 && this.attempts === 0) return this.random() * BASE_MS;
    if (code === 1013) this.attempts = Math.max(this.attempts, 3);
    const most = Math.min(CAP_MS, BASE_MS * 2 ** this.attempts);
    this.attempts += 1;
    return most * (0.5 + this.random() / 2);
  }

  /** A connection held: the next loss begins anew. */
  reset(): void {
    this.attempts = 0;
  }
}
