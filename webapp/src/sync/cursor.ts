import type Delta from 'quill-delta';
import type { ClientFrame } from './frames';
import { indexBefore, rangeAfter, type Range } from './presence';
import type { Replica } from './replica';

/**
 * This user's cursor on its way to the others. They carry it over every change by themselves, so it
 * is sent only when the user moved it, at the pace that the server allows.
 */
export class Cursor {
  private place: Range | null = null;
  private sent = true;
  private sentAt = -Infinity;
  private interval = 50;

  /** How many may be sent in a second. */
  rate(perSecond: number): void {
    this.interval = 1000 / perSecond;
  }

  /** The user selected something, in the shown document. */
  select(place: Range | null): void {
    const same = place?.index === this.place?.index && place?.length === this.place?.length;
    this.place = place;
    if (!same) this.sent = false;
  }

  /** The shown document changed. */
  changed(change: Delta): void {
    if (this.place !== null) this.place = rangeAfter(this.place, change);
  }

  /** The others know nothing of it any more. */
  again(): void {
    this.sent = this.place === null;
  }

  /** The frame to send now, or how many milliseconds to wait, or null when there is nothing to say. */
  due(now: number, replica: Replica): ClientFrame | number | null {
    if (this.sent) return null;
    const wait = this.sentAt + this.interval - now;
    if (wait > 0) return wait;
    this.sent = true;
    this.sentAt = now;
    if (this.place === null) return { t: 'cursor', rev: replica.rev };
    const pending = replica.pending();
    const index = indexBefore(this.place.index, pending);
    const end = indexBefore(this.place.index + this.place.length, pending);
    return { t: 'cursor', rev: replica.rev, index, length: Math.max(0, end - index) };
  }
}
