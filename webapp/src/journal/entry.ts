import type { Op } from 'quill-delta';

/**
 * Changes of one client that no server has acknowledged, on top of a revision. The change in flight is
 * stored before it is sent: what stands under a seq here is what was sent under it.
 */
export interface Unacknowledged {
  /** The revision below them. */
  readonly rev: number;
  /** How long the document is at that revision: another length there is another document. */
  readonly length: number;
  /** The highest seq of the client that was acknowledged. */
  readonly acked: number;
  /** The change that has the seq after that one; null when nothing was sent. */
  readonly flying: readonly Op[] | null;
  /** What was typed since, on top of the change in flight. */
  readonly next: readonly Op[];
}

/** What a client has not brought into its page. */
export interface Unsaved {
  /** Null when everything is acknowledged. */
  readonly change: Unacknowledged | null;
  /** The text that {@link change} inserts, for a person to read. */
  readonly typed: string;
  /** Text that the wiki refused and that its author has not seen to yet; empty when there is none. */
  readonly refused: string;
}

/** Whose entry it is: one for each page, person and client, that is each tab. */
export interface EntryKey {
  readonly page: string;
  readonly user: string;
  readonly client: string;
}

/** What the device keeps of a tab, beyond its end. */
export interface JournalEntry extends EntryKey, Unsaved {
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
  /** Whether its text was sent off in the wiki's own form; how that ended is not known yet. */
  readonly inForm: boolean;
}

/** The text that a person would miss of an entry. */
export function keptText({ typed, refused }: Unsaved): string {
  return [refused, typed].filter((text) => text !== '').join('\n\n');
}

/** Reads what the device holds; null when it is none of ours. */
export function readEntry(value: unknown): JournalEntry | null {
  if (typeof value !== 'object' || value === null) return null;
  const { page, user, client, typed, refused, at, inForm, change } = value as Fields<JournalEntry>;
  const texts = [page, user, client, typed, refused].every((each) => typeof each === 'string');
  if (!texts || typeof at !== 'number' || typeof inForm !== 'boolean') return null;
  return change === null || isUnacknowledged(change) ? (value as JournalEntry) : null;
}

type Fields<T> = Partial<Record<keyof T, unknown>>;

function isUnacknowledged(value: unknown): value is Unacknowledged {
  if (typeof value !== 'object' || value === null) return false;
  const { rev, length, acked, flying, next } = value as Fields<Unacknowledged>;
  const numbers = [rev, length, acked].every((each) => Number.isInteger(each) && (each as number) >= 0);
  return numbers && (flying === null || Array.isArray(flying)) && Array.isArray(next);
}
