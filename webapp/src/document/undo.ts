import Delta from 'quill-delta';

/** How a change came to be; only changes of one kind are taken back together. */
export type EditKind = 'typing' | 'deleting' | 'other';

interface Step {
  readonly inverse: Delta;
}

const GROUP_MS = 500;
const MOST_STEPS = 500;

/** Tells the kind of a change by its shape. */
export function kindOf(change: Delta): EditKind {
  const inserts = change.ops.some((op) => op.insert !== undefined);
  const deletes = change.ops.some((op) => op.delete !== undefined);
  const formats = change.ops.some((op) => op.retain !== undefined && op.attributes !== undefined);
  if (formats || inserts === deletes) return 'other';
  return inserts ? 'typing' : 'deleting';
}

/**
 * This user's own steps, each as the change that takes it back from the document as it is now.
 * Changes of others are let through every step, so undo never touches what they did.
 */
export class UndoStack {
  private done: Step[] = [];
  private undone: Step[] = [];
  private last: { kind: EditKind; at: number; end: number } | null = null;

  /** Whether there is something to take back. */
  get canUndo(): boolean {
    return this.done.length > 0;
  }

  /** Whether something taken back can be done again. */
  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Enters an edit of this user by its inverse. Times are in milliseconds. */
  record(change: Delta, inverse: Delta, kind: EditKind, at: number): void {
    if (inverse.ops.length === 0) return;
    this.undone = [];
    const [start, end] = extent(change);
    const last = this.last;
    const step = this.done.at(-1);
    const joins =
      last !== null && step !== undefined && kind !== 'other' && kind === last.kind &&
      at - last.at < GROUP_MS && (start === last.end || (kind === 'deleting' && end === last.end));
    if (joins) this.done[this.done.length - 1] = { inverse: inverse.compose(step.inverse) };
    else this.done.push({ inverse });
    if (this.done.length > MOST_STEPS) this.done.shift();
    this.last = { kind, at, end: kind === 'typing' ? end : start };
  }

  /** Ends the current group: the next edit is a step of its own. */
  close(): void {
    this.last = null;
  }

  /** Forgets every step. */
  clear(): void {
    this.done = [];
    this.undone = [];
    this.close();
  }

  /** Lets a change of somebody else through. */
  through(change: Delta): void {
    this.done = throughSteps(this.done, change);
    this.undone = throughSteps(this.undone, change);
    if (this.last !== null) {
      this.last = { ...this.last, end: change.transformPosition(this.last.end) };
    }
  }

  /** Takes the newest step; `invert` gives the inverse of a change against the document as it is now. */
  undo(invert: (change: Delta) => Delta): Delta | null {
    return this.move(this.done, this.undone, invert);
  }

  /** Takes the step that was undone last. */
  redo(invert: (change: Delta) => Delta): Delta | null {
    return this.move(this.undone, this.done, invert);
  }

  private move(from: Step[], to: Step[], invert: (change: Delta) => Delta): Delta | null {
    const step = from.pop();
    this.close();
    if (step === undefined) return null;
    const inverse = invert(step.inverse);
    if (inverse.ops.length > 0) to.push({ inverse });
    return step.inverse;
  }
}

function throughSteps(steps: readonly Step[], change: Delta): Step[] {
  const result: Step[] = [];
  let others = change;
  for (const { inverse } of [...steps].reverse()) {
    const moved = others.transform(inverse, true);
    others = inverse.transform(others, false);
    if (moved.ops.length > 0) result.push({ inverse: moved });
  }
  return result.reverse();
}

/** Where a change begins, and where it ends: for what it inserts in the document after it, for a deletion in the one before. */
function extent(change: Delta): [number, number] {
  let index = 0;
  let start: number | null = null;
  let end = 0;
  for (const op of change.ops) {
    const length = Delta.Op.length(op);
    if (op.retain === undefined || op.attributes !== undefined) {
      start ??= index;
      end = index + length;
    }
    if (op.delete === undefined) index += length;
  }
  return [start ?? 0, end];
}
