import type { Effect } from './events';
import type { Notices } from './notices';

/** An upgrade is over in this time, in milliseconds: who is told after it is not told of each upgrade. */
const UPGRADE_MS = 10_000;

/** Tells a plugin that is switched off from one that is being replaced. */
export class SwitchedOff {
  private off = false;

  constructor(
    private readonly emit: (effect: Effect) => void,
    private readonly notices: Notices,
  ) {}

  /** The wiki says that no plugin serves tickets. */
  refused(): void {
    if (!this.off) this.emit({ t: 'timer', name: 'off', ms: UPGRADE_MS });
    this.off = true;
  }

  /** That is so for long. */
  lasts(): void {
    this.notices.lasts('switched-off', this.off);
  }

  /** It serves again, or nobody waits for it any more. */
  over(): void {
    if (this.off) this.emit({ t: 'cancel', name: 'off' });
    this.off = false;
    this.lasts();
  }
}
