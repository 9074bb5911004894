import { bytesOf } from '../sync/text';

/** How many lists and objects the server takes within each other. */
export const MOST_DEEP = 32;

/** Half a pair of surrogates that stands alone. */
const HALF = /\p{Surrogate}/u;

/** A value as it is sent, or why it cannot be. */
export type Checked = { readonly value: unknown } | { readonly fault: string };

/**
 * Checks all of a value that the server does: with one that it cannot read it ends the connection. What is given
 * back is a copy, which stays what was checked when the plugin changes its own.
 */
export function checkedValue(value: unknown, most: number): Checked {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // It holds itself, for example.
  }
  // What is no number is written as null.
  if (text === undefined || text === 'null') return { fault: 'the value is no JSON' };
  if (bytesOf(text) > most) return { fault: `the value has more than ${most} bytes as JSON` };
  const copy: unknown = JSON.parse(text);
  const fault = faultIn(copy, MOST_DEEP);
  return fault === null ? { value: copy } : { fault };
}

function faultIn(value: unknown, deeper: number): string | null {
  if (typeof value === 'string') return HALF.test(value) ? 'the value holds half a pair of surrogates' : null;
  if (typeof value !== 'object' || value === null) return null;
  if (deeper === 0) return `the value is nested more than ${MOST_DEEP} deep`;
  const parts: readonly unknown[] = Array.isArray(value) ? value : [...Object.keys(value), ...Object.values(value)];
  for (const part of parts) {
    const fault = faultIn(part, deeper - 1);
    if (fault !== null) return fault;
  }
  return null;
}
