import Delta, { type Op } from 'quill-delta';
import { BUILT_IN, type PageFormats } from '../document';
import type { ClientFrame } from '../sync/frames';
import { documentHash } from './hash';
import { changeFault } from './rules';

interface Revision {
  readonly rev: number;
  readonly client: string;
  readonly seq: number;
  readonly delta: Delta;
}

type Frame = Readonly<Record<string, unknown>>;

/** The protocol's order in memory, by quill-delta: what the tests hold clients against. */
export class ModelServer {
  readonly log: Revision[] = [];
  readonly sockets = new Set<ModelSocket>();
  /** Revisions up to this one are compacted: they can be neither built upon nor sent. */
  compacted = 0;
  access = 'edit';
  /** Overrides the answer to an op once, by an error code. */
  refuseNext: string | null = null;

  /** What a refusal says. */
  sentence = '';
  limits = { message: 1_000_000, ops: 10_000, cursorsPerSecond: 20 };
  checks = 0;
  /** What modules said to their plugins. */
  readonly said: { readonly client: string; readonly plugin: string; readonly value: unknown }[] = [];
  /** What the next value of a presence field is answered with, once, by an error code. */
  declineNext: string | null = null;
  private doc: Delta;

  constructor(
    private readonly start: Delta = new Delta().insert('\n'),
    private readonly formats: PageFormats = BUILT_IN,
  ) {
    this.doc = start;
  }

  get rev(): number {
    return this.log.length;
  }

  document(): Delta {
    return this.doc;
  }

  documentAt(rev: number, start: Delta): Delta {
    return this.log.slice(0, rev).reduce((doc, { delta }) => doc.compose(delta), start);
  }

  /** A change by somebody who has no socket, such as a host save. */
  save(delta: Delta): void {
    this.append('host', this.log.length + 1, delta);
  }

  /** The database is restored from a backup that was made at this revision; nobody stays connected. */
  restore(rev: number): void {
    for (const socket of [...this.sockets]) socket.cut();
    this.log.length = rev;
    this.doc = this.documentAt(rev, this.start);
    this.compacted = Math.min(this.compacted, rev);
  }

  connect(): ModelSocket {
    const socket = new ModelSocket(this);
    this.sockets.add(socket);
    return socket;
  }

  setAccess(access: string): void {
    this.access = access;
    for (const socket of this.sockets) socket.push({ t: 'access', access });
  }

  receive(socket: ModelSocket, frame: ClientFrame): void {
    switch (frame.t) {
      case 'join':
        return this.join(socket, frame.client, frame.rev);
      case 'op':
        return this.op(socket, frame.seq, frame.rev, new Delta(structuredClone(frame.delta) as Op[]));
      case 'cursor':
        for (const other of this.others(socket)) other.push({ ...frame, client: socket.client });
        return;
      case 'message':
        this.said.push({ client: socket.client, plugin: frame.plugin, value: frame.value });
        return;
      case 'presence':
        return this.present(socket, frame.field, frame.value);
      case 'check':
        this.checks += 1;
        return;
      case 'ping':
        return socket.push({ t: 'pong', at: frame.at });
    }
  }

  private join(socket: ModelSocket, client: string, rev: number | null): void {
    socket.client = client;
    socket.joined = true;
    socket.resuming = rev !== null;
    const peers = [...this.others(socket)].map((other) => peerOf(other.client, 'joined'));
    const known = rev !== null && rev >= this.compacted && rev <= this.rev;
    socket.push({
      t: 'joined', rev: this.rev, access: this.access, acked: this.lastSeq(client), peers, limits: this.limits,
      ...(known ? { ops: this.log.slice(rev).map(opFrame) } : { doc: this.doc.ops }),
    });
    for (const other of this.others(socket)) {
      for (const [field, value] of other.shown) socket.push({ t: 'presence', client: other.client, field, value });
      other.push({ t: 'peer', ...peerOf(client, 'joined') });
    }
  }

  private present(socket: ModelSocket, field: string, value: unknown): void {
    if (this.declineNext !== null) {
      const code = this.declineNext;
      this.declineNext = null;
      return socket.push({ t: 'error', code, message: this.sentence, field, retryAfterMs: 10 });
    }
    if (value === undefined) socket.shown.delete(field);
    else socket.shown.set(field, value);
    for (const other of this.others(socket)) other.push({ t: 'presence', client: socket.client, field, value });
  }

  /** A plugin sends its modules a message. */
  tell(plugin: string, value: unknown): void {
    for (const socket of this.sockets) socket.push({ t: 'message', plugin, value });
  }

  private op(socket: ModelSocket, seq: number, rev: number, delta: Delta): void {
    const { client } = socket;
    const before = this.log.find((entry) => entry.client === client && entry.seq === seq);
    if (before !== undefined) {
      socket.resuming = false;
      return socket.push({ t: 'ack', seq, rev: before.rev });
    }
    const refusal = this.refusal(socket, seq, rev, delta);
    if (refusal !== null) return socket.push({ t: 'error', code: refusal, message: this.sentence, seq, retryAfterMs: 10 });
    const change = this.log.slice(rev).reduce((x, c) => c.delta.transform(x, true), delta);
    const fault = changeFault(this.doc, change, this.formats);
    if (fault !== null) throw new Error(`a client sent what no server takes: ${fault}`);
    this.append(client, seq, change, socket);
  }

  private refusal(socket: ModelSocket, seq: number, rev: number, delta: Delta): string | null {
    const { client } = socket;
    // No server says "not saved" while the same change may still arrive by an earlier connection.
    if (this.refuseNext !== null && !socket.resuming) {
      const code = this.refuseNext;
      this.refuseNext = null;
      return code;
    }
    if (this.access !== 'edit' && this.access !== 'admin') return 'forbidden';
    if (seq !== this.lastSeq(client) + 1) return 'bad_message';
    if (rev < this.compacted) return 'stale_revision';
    if (rev > this.rev) return 'bad_message';
    if (JSON.stringify(delta.ops).length > this.limits.message || delta.ops.length > this.limits.ops) return 'too_large';
    return null;
  }

  private append(client: string, seq: number, delta: Delta, author?: ModelSocket): void {
    const revision = { rev: this.rev + 1, client, seq, delta };
    this.log.push(revision);
    this.doc = this.doc.compose(delta);
    if (this.doc.ops.some((op) => op.insert === undefined)) throw new Error('a change went past the end');
    if (this.doc.ops.at(-1)?.insert?.toString().endsWith('\n') !== true) throw new Error('the last newline is gone');
    for (const socket of this.sockets) {
      if (!socket.joined) continue;
      if (socket.client === client) socket.resuming = false;
      socket.push(socket === author ? { t: 'ack', seq, rev: revision.rev } : { t: 'op', ...opFrame(revision) });
    }
  }

  private lastSeq(client: string): number {
    return this.log.reduce((last, entry) => (entry.client === client ? Math.max(last, entry.seq) : last), 0);
  }

  private *others(socket: ModelSocket): Iterable<ModelSocket> {
    for (const other of this.sockets) if (other !== socket && other.joined) yield other;
  }

  verify(rev: number, hash: string, start: Delta): boolean {
    return documentHash(this.documentAt(rev, start)) === hash;
  }
}

function opFrame({ rev, client, seq, delta }: Revision): Frame {
  return { rev, client, seq, user: 'u', delta: delta.ops, hlc: '0000000000000000-n' };
}

function peerOf(client: string, state: string): Frame {
  return { client, user: { id: client, name: `user ${client}`, color: '#abc' }, state, access: 'edit' };
}

/** One connection: frames wait in both directions until the test delivers them. */
export class ModelSocket {
  readonly toServer: ClientFrame[] = [];
  readonly toClient: string[] = [];
  client = '';
  joined = false;
  /** What it shows of its user, by field. */
  readonly shown = new Map<string, unknown>();
  /** Joined by a client that was here before, of which no change was acknowledged since. */
  resuming = false;

  constructor(private readonly server: ModelServer) {}

  push(frame: Frame): void {
    this.toClient.push(JSON.stringify(frame));
  }

  /** The server takes the next frame. */
  deliverUp(): boolean {
    const frame = this.toServer.shift();
    if (frame === undefined) return false;
    this.server.receive(this, frame);
    return true;
  }

  /** What still stands in the buffers towards the client is lost; what goes up may still arrive. */
  cut(): void {
    this.joined = false;
    this.server.sockets.delete(this);
    this.toClient.length = 0;
  }
}
