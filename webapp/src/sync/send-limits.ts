import type { Limits } from './frames';
import type { InFlight } from './replica';

const LEAST_BYTES = 2_048;
const LEAST_OPS = 2;
const NONE: Limits = { message: Infinity, cursorsPerSecond: 20, delta: Infinity };

/** How large a change may be sent: what the server said, or less when it turned out to take less. */
export class SendLimits {
  private announced = NONE;
  private ceiling = NONE;

  /** What counts now. */
  now(): Limits {
    return {
      message: Math.min(this.announced.message, this.ceiling.message),
      cursorsPerSecond: this.announced.cursorsPerSecond,
      delta: Math.min(this.announced.delta, this.ceiling.delta),
    };
  }

  /** The server said so. */
  announce(limits: Limits): void {
    this.announced = limits;
  }

  /** This change was too large: from now on half its size. False when it is small already. */
  shrink({ delta }: InFlight): boolean {
    const bytes = Math.floor(JSON.stringify(delta.ops).length / 2);
    const ops = Math.floor(delta.ops.length / 2);
    if (bytes < LEAST_BYTES && ops < LEAST_OPS) return false;
    this.ceiling = {
      ...this.ceiling,
      message: Math.max(LEAST_BYTES, bytes),
      delta: Math.max(LEAST_OPS, ops),
    };
    return true;
  }
}
