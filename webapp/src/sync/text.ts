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

/**
 * The text of a document that a change deletes, for a user to copy: whole words, as a change that was found
 * by comparing may begin and end within them, and parts apart from each other on lines of their own.
 */
export function deletedText(change: Delta, document: Delta): string {
  const text = document.map((op) => (typeof op.insert === 'string' ? op.insert : '\n')).join('');
  const parts: string[] = [];
  let at = 0;
  let taken = 0;
  for (const { delete: deleted = 0, retain } of change.ops) {
    const gone = text.slice(at, at + deleted);
    const [start, end] = [at + gone.length - gone.trimStart().length, at + gone.trimEnd().length];
    if (gone.trim() !== '' && end > taken) {
      const from = start - (/\S*$/.exec(text.slice(taken, start))?.[0].length ?? 0);
      taken = end + (/^\S*/.exec(text.slice(end))?.[0].length ?? 0);
      parts.push(text.slice(from, taken));
    }
    at += deleted + (typeof retain === 'number' ? retain : 0);
  }
  return parts.join('\n');
}

const encoder = new TextEncoder();

/** How many bytes a text takes on the wire. */
export function bytesOf(text: string): number {
  return encoder.encode(text).length;
}
