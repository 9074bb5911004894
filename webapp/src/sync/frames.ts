import Delta, { type Op } from 'quill-delta';

/** What a user may do on a page. */
export type Access = 'view' | 'comment' | 'edit' | 'admin';

/** A person, as others see them. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly color: string;
}

/** A client of the page besides this one. */
export interface Peer {
  readonly client: string;
  readonly user: User;
  readonly access: Access | null;
  readonly idle: boolean;
}

/** The frames that a client sends; see the protocol. */
export type ClientFrame =
  | { readonly t: 'join'; readonly client: string; readonly rev: number | null }
  | { readonly t: 'op'; readonly seq: number; readonly rev: number; readonly delta: readonly Op[] }
  | { readonly t: 'cursor'; readonly rev: number; readonly index?: number; readonly length?: number }
  | { readonly t: 'check'; readonly rev: number; readonly hash: string }
  | { readonly t: 'message'; readonly plugin: string; readonly value: unknown }
  | { readonly t: 'presence'; readonly field: string; readonly value?: unknown }
  | { readonly t: 'ping'; readonly at: number };

/** A committed change. */
export interface Committed {
  readonly rev: number;
  readonly client: string;
  readonly seq: number;
  readonly delta: Delta;
}

/** A cursor as another client sent it. */
export interface CursorFrame {
  readonly client: string;
  readonly rev: number;
  readonly place: { readonly index: number; readonly length: number } | null;
}

/** What the server lets this client do. */
export interface Limits {
  /** Bytes of a message. */
  readonly message: number;
  /** Operations of a delta. */
  readonly ops: number;
  readonly cursorsPerSecond: number;
}

/** The answer to a join. Either the document, or the revisions since the one that was asked for. */
export interface Joined {
  readonly t: 'joined';
  readonly rev: number;
  readonly access: Access;
  readonly acked: number;
  readonly doc: Delta | null;
  readonly ops: readonly Committed[];
  readonly peers: readonly Peer[];
  readonly cursors: readonly CursorFrame[];
  readonly limits: Limits;
}

/** Something that the server did not take. */
export interface ErrorFrame {
  readonly t: 'error';
  readonly code: string;
  readonly message: string;
  readonly seq: number | null;
  readonly retryAfterMs: number | null;
  readonly subject: Subject | null;
}

/** What an error is about beside changes: a message to a plugin, or the value of a presence field. */
export type Subject = { readonly plugin: string } | { readonly field: string };

/** The frames that a server sends. */
export type ServerFrame =
  | Joined
  | { readonly t: 'ops'; readonly ops: readonly Committed[] }
  | { readonly t: 'ack'; readonly seq: number; readonly rev: number }
  | ({ readonly t: 'cursor' } & CursorFrame)
  | { readonly t: 'peer'; readonly peer: Peer; readonly joined: boolean; readonly left: boolean }
  | { readonly t: 'access'; readonly access: Access }
  | ErrorFrame
  | { readonly t: 'message'; readonly plugin: string; readonly value: unknown }
  /** Null: the client shows nothing in this field any more. */
  | { readonly t: 'presence'; readonly client: string; readonly field: string; readonly value: unknown }
  | { readonly t: 'notice'; readonly code: string; readonly message: string }
  | { readonly t: 'pong' };

const LIMITS: Limits = { message: 1_000_000, ops: 10_000, cursorsPerSecond: 20 };

type Fields = Readonly<Record<string, unknown>>;

/** Reads a frame; null when it is none that this client knows or when it is broken. */
export function readFrame(text: string): ServerFrame | null {
  try {
    const frame: unknown = JSON.parse(text);
    return isFields(frame) ? readFields(frame) : null;
  } catch (failure) {
    if (failure instanceof SyntaxError || failure instanceof Unreadable) return null;
    throw failure;
  }
}

class Unreadable extends Error {}

function readFields(f: Fields): ServerFrame | null {
  switch (f['t']) {
    case 'joined':
      return readJoined(f);
    case 'op':
      return { t: 'ops', ops: [readCommitted(f)] };
    case 'ops':
      return { t: 'ops', ops: list(f['ops']).map(readCommitted) };
    case 'ack':
      return { t: 'ack', seq: whole(f['seq']), rev: whole(f['rev']) };
    case 'cursor':
      return { t: 'cursor', ...readCursor(f) };
    case 'peer':
      return { t: 'peer', peer: readPeer(f), joined: f['state'] === 'joined', left: f['state'] === 'left' };
    case 'access':
      return { t: 'access', access: readAccess(f['access']) };
    case 'error':
      return readError(f);
    case 'message':
      return { t: 'message', plugin: text(f['plugin']), value: f['value'] ?? null };
    case 'presence':
      return { t: 'presence', client: text(f['client']), field: text(f['field']), value: f['value'] ?? null };
    case 'notice':
      return { t: 'notice', code: text(f['code']), message: text(f['message']) };
    case 'pong':
      return { t: 'pong' };
    default:
      return null;
  }
}

function readError(f: Fields): ErrorFrame {
  const { plugin, field } = f;
  return {
    t: 'error',
    code: text(f['code']),
    message: typeof f['message'] === 'string' ? f['message'] : '',
    seq: typeof f['seq'] === 'number' ? f['seq'] : null,
    retryAfterMs: typeof f['retryAfterMs'] === 'number' ? f['retryAfterMs'] : null,
    subject: typeof plugin === 'string' ? { plugin } : typeof field === 'string' ? { field } : null,
  };
}

function readJoined(f: Fields): Joined {
  const peers = Array.isArray(f['peers']) ? list(f['peers']) : [];
  const limits = isFields(f['limits']) ? f['limits'] : {};
  return {
    t: 'joined',
    rev: whole(f['rev']),
    access: readAccess(f['access']),
    acked: typeof f['acked'] === 'number' ? f['acked'] : 0,
    doc: f['doc'] === undefined || f['doc'] === null ? null : readDelta(f['doc']),
    ops: Array.isArray(f['ops']) ? list(f['ops']).map(readCommitted) : [],
    peers: peers.filter((peer) => peer['state'] !== 'left').map(readPeer),
    cursors: peers.map(peerCursor).filter((cursor) => cursor !== null),
    limits: {
      message: positive(limits['message'], LIMITS.message),
      ops: positive(limits['ops'], LIMITS.ops),
      cursorsPerSecond: positive(limits['cursorsPerSecond'], LIMITS.cursorsPerSecond),
    },
  };
}

/** A peer in `joined` may bring its cursor along, within it or beside its other fields. */
function peerCursor(f: Fields): CursorFrame | null {
  const cursor = isFields(f['cursor']) ? f['cursor'] : f;
  return typeof cursor['index'] === 'number' && typeof cursor['rev'] === 'number'
    ? readCursor({ ...cursor, client: f['client'] })
    : null;
}

function readCommitted(f: Fields): Committed {
  return {
    rev: whole(f['rev']),
    client: text(f['client']),
    seq: typeof f['seq'] === 'number' ? f['seq'] : 0,
    delta: readDelta(f['delta']),
  };
}

function readCursor(f: Fields): CursorFrame {
  const gone = f['index'] === undefined || f['index'] === null;
  return {
    client: text(f['client']),
    rev: whole(f['rev']),
    place: gone ? null : { index: whole(f['index']), length: f['length'] === undefined ? 0 : whole(f['length']) },
  };
}

function readPeer(f: Fields): Peer {
  const user = isFields(f['user']) ? f['user'] : {};
  return {
    client: text(f['client']),
    user: {
      id: String(user['id'] ?? ''),
      name: typeof user['name'] === 'string' ? user['name'] : 'Someone',
      color: typeof user['color'] === 'string' ? user['color'] : 'gray',
    },
    access: isAccess(f['access']) ? f['access'] : null,
    idle: f['state'] === 'idle',
  };
}

/** Builds the delta anew, so that it is in normal form and holds nothing that is no operation. */
function readDelta(value: unknown): Delta {
  const delta = new Delta();
  for (const op of list(value)) {
    const attributes = isFields(op['attributes']) ? attributesOf(op['attributes']) : undefined;
    const insert = op['insert'];
    if (typeof insert === 'string') delta.insert(insert, attributes);
    else if (isFields(insert)) delta.insert({ ...insert }, attributes);
    else if (op['delete'] !== undefined) delta.delete(whole(op['delete']));
    else delta.retain(whole(op['retain']), attributes);
  }
  return delta;
}

/** No server lets in an attribute that is called `__proto__`, and no delta here can hold one. */
function attributesOf(fields: Fields): Fields {
  return Object.hasOwn(fields, '__proto__')
    ? Object.fromEntries(Object.entries(fields).filter(([name]) => name !== '__proto__'))
    : fields;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly Fields[] {
  if (!Array.isArray(value)) throw new Unreadable();
  const items: readonly unknown[] = value;
  return items.map((item) => {
    if (!isFields(item)) throw new Unreadable();
    return item;
  });
}

function whole(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw new Unreadable();
  return value;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Unreadable();
  return value;
}

function positive(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value > 0 ? value : otherwise;
}

function isAccess(value: unknown): value is Access {
  return value === 'view' || value === 'comment' || value === 'edit' || value === 'admin';
}

function readAccess(value: unknown): Access {
  if (!isAccess(value)) throw new Unreadable();
  return value;
}
