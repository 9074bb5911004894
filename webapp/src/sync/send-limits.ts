import type { Limits } from './frames';
import type { InFlight } from './replica';
import { LEAST_OPS, splitChange } from './split';
import { bytesOf } from './text';

const LEAST_BYTES = 2_048;
const NONE: Limits = { message: Infinity, ops: Infinity, cursorsPerSecond: 20 };

/** How large a change may be sent: what the server said, or less when it turned out to take less. */
export class SendLimits {
  private announced = NONE;
  private ceiling = NONE;

  /** What counts now. */
  now(): Limits {
    return {
      message: Math.min(this.announced.message, this.ceiling.message),
      ops: Math.min(this.announced.ops, this.ceiling.ops),
      cursorsPerSecond: this.announced.cursorsPerSecond,
    };
  }

  /** The server said so. */
  announce(limits: Limits): void {
    this.announced = limits;
  }

  /** This change was too large: from now on half its size. False when that makes no parts of it. */
  shrink({ delta }: InFlight): boolean {
    const before = this.ceiling;
    this.ceiling = {
      ...before,
      message: Math.max(LEAST_BYTES, Math.floor(bytesOf(JSON.stringify(delta.ops)) / 2)),
      ops: Math.max(LEAST_OPS, Math.floor(delta.ops.length / 2)),
    };
    const parts = splitChange(delta, this.now())[1].ops.length > 0;
    if (!parts) this.ceiling = before;
    return parts;
  }
}
