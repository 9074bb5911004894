import Delta, { type AttributeMap } from 'quill-delta';

/**
 * A change that leads from one document to another. Both end with a newline, and that newline stays:
 * no change may delete it or insert after it, and what a user has pending is carried over such changes.
 */
export function documentChange(from: Delta, to: Delta): Delta {
  const end = from.length() - 1;
  const change = from.slice(0, end).diff(to.slice(0, to.length() - 1));
  const attributes = Delta.AttributeMap.diff(lastAttributes(from), lastAttributes(to));
  if (attributes === undefined) return change;
  const spanned = change.reduce(
    (sum, op) => (op.insert === undefined ? sum + Delta.Op.length(op) : sum),
    0,
  );
  return change.retain(end - spanned).retain(1, attributes);
}

function lastAttributes(document: Delta): AttributeMap | undefined {
  return document.ops.at(-1)?.attributes;
}
