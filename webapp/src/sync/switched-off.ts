/** An upgrade is over in this time, in milliseconds: who is told after it is not told of each upgrade. */
const UPGRADE_MS = 10_000;

/** Tells a plugin that is switched off from one that is being replaced. */
export class SwitchedOff {
  private since: number | null = null;
  private told = false;

  /** The wiki says that no plugin serves tickets; true once, when that is so for long. */
  refused(now: number): boolean {
    this.since ??= now;
    if (this.told || now - this.since < UPGRADE_MS) return false;
    this.told = true;
    return true;
  }

  /** It serves again. */
  back(): void {
    this.since = null;
    this.told = false;
  }
}
