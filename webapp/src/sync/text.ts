import type Delta from 'quill-delta';

/** The text that a change inserts, for a user to copy; parts far from each other are on lines of their own. */
export function insertedText(change: Delta): string {
  const parts: string[] = [];
  let adjacent = false;
  for (const op of change.ops) {
    if (op.insert === undefined) {
      adjacent &&= op.delete !== undefined;
      continue;
    }
    const text = typeof op.insert === 'string' ? op.insert : '---';
    if (adjacent) parts[parts.length - 1] += text;
    else parts.push(text);
    adjacent = true;
  }
  return parts.join('\n').trim() === '' ? '' : parts.join('\n');
}

const encoder = new TextEncoder();

/** How many bytes a text takes on the wire. */
export function bytesOf(text: string): number {
  return encoder.encode(text).length;
}
