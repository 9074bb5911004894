/** A small seeded generator (mulberry32): the same seed gives the same run. */
export class Random {
  private state: number;

  constructor(readonly seed: number) {
    this.state = seed >>> 0;
  }

  /** A number from 0 up to 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 up to `end`, `end` excluded. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  /** True in so many of a hundred cases. */
  chance(percent: number): boolean {
    return this.next() * 100 < percent;
  }

  /** One of these. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

/**
 * The seeds of a random test: the one of TANDEM_SEED, or so many fresh ones, times TANDEM_TIMES for a
 * long run. A failing test must print its seed.
 */
export function seeds(count: number): number[] {
  const given: unknown = import.meta.env['TANDEM_SEED'];
  if (typeof given === 'string') return [Number(given)];
  const first = Math.floor(Math.random() * 1_000_000_000);
  return Array.from({ length: count * Number(import.meta.env['TANDEM_TIMES'] ?? 1) }, (_, i) => first + i);
}

/** Runs a check with each seed and names the seed of the one that fails. */
export function withSeeds(count: number, check: (random: Random) => void): void {
  for (const seed of seeds(count)) {
    try {
      check(new Random(seed));
    } catch (failure) {
      throw new Error(`failed with TANDEM_SEED=${seed}`, { cause: failure });
    }
  }
}

/** As {@link withSeeds}, for a check that takes its turns between microtasks. */
export async function withSeedsInTurn(count: number, check: (random: Random) => Promise<void>): Promise<void> {
  for (const seed of seeds(count)) {
    await check(new Random(seed)).catch((failure: unknown) => {
      throw new Error(`failed with TANDEM_SEED=${seed}`, { cause: failure });
    });
  }
}
