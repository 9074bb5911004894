import Delta, { type Op } from 'quill-delta';
import type { Limits } from './frames';
import { bytesOf } from './text';

/** Room for the other fields of the frame around a delta. */
const FRAME_BYTES = 256;

/** With a retain before it, the least that changes anything. */
export const LEAST_OPS = 2;

/**
 * Splits a change at the limits: the first part may be sent by itself, the second is what is left
 * on top of it. A change within the limits comes back whole with an empty rest. An operation that
 * is too large in itself (an attribute, an embed) is left whole: the server then says so.
 */
export function splitChange(change: Delta, limits: Limits): [Delta, Delta] {
  const room = Math.max(FRAME_BYTES, limits.message - FRAME_BYTES);
  const most = Math.max(LEAST_OPS, limits.ops);
  if (change.ops.length <= most && bytesOf(JSON.stringify(change.ops)) <= room) {
    return [change, new Delta()];
  }
  const first: Op[] = [];
  let used = 2;
  let skip = 0;
  for (const [i, op] of change.ops.entries()) {
    const size = bytesOf(JSON.stringify(op)) + 1;
    const full = first.length >= most;
    if (!full && used + size <= room) {
      first.push(op);
      used += size;
      skip += op.delete === undefined ? Delta.Op.length(op) : 0;
      continue;
    }
    const [head, tail] = full ? [null, op] : splitInsert(op, room - used, first.every(isPlainRetain));
    if (head !== null) {
      first.push(head);
      skip += Delta.Op.length(head);
    }
    const rest = new Delta().retain(skip);
    for (const later of tail === null ? [] : [tail]) rest.push(later);
    for (const later of change.ops.slice(i + 1)) rest.push(later);
    return [new Delta(first).chop(), rest.chop()];
  }
  return [change, new Delta()];
}

function isPlainRetain(op: Op): boolean {
  return op.retain !== undefined && op.attributes === undefined;
}

/** Splits a long text so that its first part fits; what is no text goes over whole, or stays if it must. */
function splitInsert(op: Op, room: number, must: boolean): [Op | null, Op | null] {
  if (typeof op.insert !== 'string') return must ? [op, null] : [null, op];
  const around = bytesOf(JSON.stringify({ ...op, insert: '' })) + 1;
  // Six bytes is the most that one code unit takes in JSON.
  let length = Math.min(op.insert.length, Math.floor((room - around) / 6));
  if (length < 1 && must) length = 1;
  if (length < 1) return [null, op];
  const code = op.insert.charCodeAt(length - 1);
  if (code >= 0xd800 && code <= 0xdbff) length += 1;
  if (length >= op.insert.length) return [op, null];
  return [
    { ...op, insert: op.insert.slice(0, length) },
    { ...op, insert: op.insert.slice(length) },
  ];
}
