import type Delta from 'quill-delta';
import type { Unacknowledged } from '../journal';

/** What a session is made with. */
export interface MachineOptions {
  /** The UUID of this client, kept for the life of the tab. */
  readonly client: string;
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
  /** Whether what is unsent goes to the device first; then every `keep` is answered with `kept`. */
  readonly journaled?: boolean;
  /** What a tab that ended had not acknowledged as this client. */
  readonly resumed?: Resumed;
}

/** What a session goes on from. */
export interface Resumed {
  /** The document at the revision of the change. */
  readonly doc: Delta;
  readonly change: Unacknowledged;
  /** Text that the wiki refused before. */
  readonly refused: string;
}
