import type { Effect } from './events';
import type { Notices } from './notices';

/** Editors of a changed wiki ask over so many milliseconds, not all at once. */
const LOOK_WITHIN_MS = 10_000;

/** How long nobody types before the page is loaded anew by itself, in milliseconds. */
const IDLE_MS = 10_000;

/**
 * The front end that the wiki serves, compared with the one that runs: a plugin that was upgraded closes its
 * sockets, so after each return the wiki is asked, and when it says that the editor has changed.
 */
export class FrontEnd {
  private joins = 0;
  private other = false;

  constructor(
    private readonly emit: (effect: Effect) => void,
    private readonly notices: Notices,
    private readonly random: () => number,
  ) {}

  /** The wiki says that its editor has changed. */
  changed(): void {
    this.emit({ t: 'timer', name: 'look', ms: 1_000 + this.random() * LOOK_WITHIN_MS });
  }

  /** It is time to look. */
  look(): void {
    this.emit({ t: 'look' });
  }

  /** The server answered a join. */
  joined(): void {
    this.joins += 1;
  }

  /** The connection held for a while: the nodes of a cluster have had time to follow. */
  settled(): void {
    if (this.joins > 1) this.emit({ t: 'look' });
  }

  /** The wiki serves another one, or this one. */
  seen(other: boolean): void {
    this.other = other;
    this.notices.lasts('new-version', other);
    if (other) this.touched();
  }

  /** The user does something. */
  touched(): void {
    if (this.other) this.emit({ t: 'timer', name: 'reload', ms: IDLE_MS });
  }

  /** Nobody typed for a while. */
  idle(everythingSaved: boolean): void {
    if (everythingSaved) this.emit({ t: 'reload' });
    else this.touched();
  }
}
