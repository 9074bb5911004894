import type { Ordered } from '../sdk';

/** An entry of a plugin with its name among all: `<plugin>/<name>`. */
export interface Named {
  readonly key: string;
  readonly entry: Ordered;
}

const USUAL = 100;

/**
 * Puts entries in order: by number, then as they come, then each that wants to stand before or behind
 * another one is put beside it. What names an entry that is not there stays; of two that name each other the first moves.
 */
export function inOrder<T extends Named>(entries: readonly T[]): T[] {
  const byNumber = [...entries].sort((a, b) => (a.entry.order ?? USUAL) - (b.entry.order ?? USUAL));
  const result = [...byNumber];
  const moved = new Set<string>();
  const settle = (item: T): void => {
    if (moved.has(item.key)) return;
    moved.add(item.key);
    const { before, after } = item.entry;
    const beside = byNumber.find(({ key }) => key === (before ?? after));
    if (beside === undefined || beside === item) return;
    settle(beside);
    result.splice(result.indexOf(item), 1);
    const at = result.indexOf(beside);
    result.splice(before === undefined ? endOf(result, at, beside.key, moved) : at, 0, item);
  };
  byNumber.forEach(settle);
  return result;
}

/** Behind an entry and behind those that were put behind it before. */
function endOf<T extends Named>(result: readonly T[], at: number, key: string, moved: ReadonlySet<string>): number {
  let end = at + 1;
  while (end < result.length) {
    const next = result[end];
    if (next === undefined || next.entry.before !== undefined || next.entry.after !== key || !moved.has(next.key)) break;
    end++;
  }
  return end;
}
