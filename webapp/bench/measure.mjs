// What every script of this folder starts with: its arguments, and how it measures and reports.
import { readFileSync } from 'node:fs';

const [, , file, workload, warmups, iterations, millis] = process.argv;

export { workload };
export const inputs = JSON.parse(readFileSync(file, 'utf8'));

/** In nanoseconds. */
export const now = () => performance.now() * 1e6;

/**
 * Nanoseconds for one operation, once for each iteration. An iteration calls `run` until its time is over, at
 * least once.
 *
 * @param operations that one call of `run` does
 */
export function samples(operations, run) {
  return phases([run])[0].map((time) => time / operations);
}

/** The same for functions that are called one after the other, each with figures of its own. */
export function phases(runs) {
  const all = runs.map(() => []);
  for (let i = 0; i < Number(warmups) + Number(iterations); i++) {
    const spent = runs.map(() => 0);
    const begun = now();
    let calls = 0;
    do {
      runs.forEach((run, phase) => {
        const start = now();
        run();
        spent[phase] += now() - start;
      });
      calls++;
    } while (now() - begun < Number(millis) * 1e6);
    spent.forEach((time, phase) => all[phase].push(time / calls));
  }
  return all.map((times) => times.slice(Number(warmups)));
}

/** @param count by which Java sees that the same was done */
export function report(figures, count) {
  console.log(JSON.stringify({ figures, count }));
}
