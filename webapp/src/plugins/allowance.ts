/** So many at once, and so many more a second: what a plugin may send without the server minding. */
export class Allowance {
  private left: number;
  private at: number;

  /** Full at first. `now` is in milliseconds and runs on whatever the clock is set to. */
  constructor(
    private readonly atOnce: number,
    private readonly perSecond: number,
    private readonly now: () => number,
  ) {
    this.left = atOnce;
    this.at = now();
  }

  /** Does something if there is one more now, which is used up if it was done; whether it was. */
  use(action: () => boolean): boolean {
    const now = this.now();
    this.left = Math.min(this.atOnce, this.left + ((now - this.at) * this.perSecond) / 1000);
    this.at = now;
    if (this.left < 1 || !action()) return false;
    this.left -= 1;
    return true;
  }
}
