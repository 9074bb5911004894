import Delta from 'quill-delta';
import { describe, expect, it, vi } from 'vitest';
import { ModelConnection, settleAll } from '../testing/connection';
import { ModelServer } from '../testing/server';
import type { SessionEvent } from './events';
import { PageSession } from './PageSession';

/** A page's session over a model connection. */
class Client extends ModelConnection {
  readonly session: PageSession;
  private report: (event: SessionEvent) => void = () => undefined;

  constructor(server: ModelServer, readonly name: string) {
    super(server);
    this.session = new PageSession({ client: name, random: () => 0.5 }, (report) => {
      this.report = report;
      return this;
    }, () => this.now);
  }

  static open(server: ModelServer, name: string): Client {
    const client = new Client(server, name);
    client.session.start();
    client.settle();
    return client;
  }

  override event(event: SessionEvent): void {
    this.report(event);
  }

  /** What this one sees of the others. */
  get seen(): Record<string, Readonly<Record<string, unknown>>> {
    return Object.fromEntries(this.session.live.people().map(({ client, values }) => [client, values]));
  }

  /** What waits for the timer goes out, as long as anything waits. */
  showAll(): void {
    this.settle();
    while (this.timers.has('presence')) {
      this.fire('presence');
      this.settle();
    }
  }
}

function open(...names: string[]): { server: ModelServer; clients: Client[] } {
  const server = new ModelServer();
  const clients = names.map((name) => Client.open(server, name));
  settleAll(clients);
  return { server, clients };
}

function two(): { server: ModelServer; a: Client; b: Client } {
  const { server, clients } = open('a', 'b');
  return { server, a: clients[0] as Client, b: clients[1] as Client };
}

describe('messages', () => {
  it('go to the server, and come from there to whoever listens', () => {
    const { server, a, b } = two();
    const heard = vi.fn();
    const stop = b.session.live.onHeard(heard);
    expect(a.session.live.say('polls', { vote: 1 })).toBe(true);
    settleAll([a, b]);
    expect(server.said).toEqual([{ client: 'a', plugin: 'polls', value: { vote: 1 } }]);
    server.tell('polls', [2]);
    server.tell('other', null);
    settleAll([a, b]);
    expect(heard.mock.calls).toEqual([['polls', [2]], ['other', null]]);
    stop();
    server.tell('polls', [3]);
    settleAll([a, b]);
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('are lost without a connection, which is said at once', () => {
    const { server, a, b } = two();
    a.cut();
    expect(a.session.live.say('polls', 'lost')).toBe(false);
    a.reconnect();
    settleAll([a, b]);
    expect(a.session.live.say('polls', 'there')).toBe(true);
    settleAll([a, b]);
    expect(server.said.map(({ value }) => value)).toEqual(['there']);
  });

  it('that are not taken are told of, and the change in flight is not meant', () => {
    const { server, a, b } = two();
    const declined = vi.fn();
    a.session.live.onDeclined(declined);
    a.session.edit(new Delta().insert('typed'));
    const tell = (code: string): void => a.socket?.push({ t: 'error', code, message: `It is ${code}.`, plugin: 'polls' });
    tell('no_plugin');
    tell('unavailable');
    tell('rate_limited');
    tell('bad_message');
    settleAll([a, b]);
    expect(declined.mock.calls.map(([{ subject, message }]) => [subject, message])).toEqual([
      [{ plugin: 'polls' }, 'It is no_plugin.'],
      [{ plugin: 'polls' }, 'It is unavailable.'],
      [{ plugin: 'polls' }, 'It is rate_limited.'],
      [{ plugin: 'polls' }, 'It is bad_message.'],
    ]);
    expect(server.document().ops).toEqual([{ insert: 'typed\n' }]);
    expect(a.session.getSnapshot()).toMatchObject({ phase: 'live', saveState: 'saved', notice: null });
  });
});

describe('what an editor shows of its user', () => {
  it('is seen by the others, and by who comes later, until it is taken away', () => {
    const { server, a, b } = two();
    const told = vi.fn();
    b.session.live.onShown(told);
    a.session.live.show('polls-hand', 'up');
    settleAll([a, b]);
    expect(b.seen).toEqual({ a: { 'polls-hand': 'up' } });
    expect(told).toHaveBeenCalledTimes(1);
    expect(a.seen).toEqual({ b: {} });
    const c = Client.open(server, 'c');
    expect(c.seen).toEqual({ a: { 'polls-hand': 'up' }, b: {} });
    a.session.live.show('polls-hand', null);
    a.showAll();
    settleAll([b, c]);
    expect([b.seen, c.seen]).toEqual([{ a: {}, c: {} }, { a: {}, b: {} }]);
  });

  it('is the newest of what changes fast, at a pace that the server takes', () => {
    const { a, b } = two();
    const seen: unknown[] = [];
    b.session.live.onShown(() => seen.push(b.seen['a']?.['polls']));
    for (const value of [1, 2, 3, 4]) a.session.live.show('polls', value);
    settleAll([a, b]);
    expect(a.timers.get('presence')).toBe(100);
    a.showAll();
    b.settle();
    expect(seen).toEqual([1, 4]);
    for (let i = 0; i < 25; i++) a.session.live.show(`polls-${i}`, i);
    expect(a.timers.get('presence')).toBe(100);
    a.showAll();
    b.settle();
    expect(Object.keys(b.seen['a'] ?? {})).toHaveLength(26);
  });

  it('is shown again after the connection was lost, and gone meanwhile', () => {
    const { a, b } = two();
    a.session.live.show('polls', 'still');
    a.session.live.show('polls-hand', 'up');
    a.showAll();
    b.settle();
    expect(b.seen).toEqual({ a: { polls: 'still', 'polls-hand': 'up' } });
    a.cut();
    expect(a.seen).toEqual({});
    a.session.live.show('polls-hand', null);
    a.reconnect();
    a.socket?.deliverUp();
    b.settle();
    expect(b.seen).toEqual({ a: {} });
    settleAll([a, b]);
    expect(b.seen).toEqual({ a: { polls: 'still' } });
    expect(a.seen).toEqual({ b: {} });
  });

  it('goes when its editor does', () => {
    const { a, b } = two();
    a.session.live.show('polls', 1);
    settleAll([a, b]);
    const peer = { client: 'a', user: { id: 'a', name: 'user a', color: '#abc' }, state: 'left', access: 'edit' };
    b.socket?.push({ t: 'peer', ...peer });
    b.settle();
    expect(b.seen).toEqual({});
    b.socket?.push({ t: 'peer', ...peer, state: 'joined' });
    b.settle();
    expect(b.seen).toEqual({ a: {} });
  });

  it('is not sent again when it is not allowed, and is when it came too early', () => {
    const { server, a, b } = two();
    const declined = vi.fn();
    a.session.live.onDeclined(declined);
    server.declineNext = 'rate_limited';
    a.session.live.show('polls', 'early');
    settleAll([a, b]);
    expect(b.seen).toEqual({ a: {} });
    a.fire('presence');
    settleAll([a, b]);
    expect(b.seen).toEqual({ a: { polls: 'early' } });
    expect(declined).not.toHaveBeenCalled();
    server.declineNext = 'bad_value';
    server.sentence = 'Not this.';
    a.session.live.show('polls-hand', 'sideways');
    a.showAll();
    expect(declined.mock.calls.map(([{ subject, message }]) => [subject, message])).toEqual([[{ field: 'polls-hand' }, 'Not this.']]);
    a.cut();
    a.reconnect();
    a.showAll();
    b.settle();
    expect(b.seen).toEqual({ a: { polls: 'early' } });
  });

  it('stays when the value before it is refused, after it was sent', () => {
    const { a, b } = two();
    const declined = vi.fn();
    a.session.live.onDeclined(declined);
    a.session.live.show('polls', 'A');
    a.showAll();
    a.session.live.show('polls', 'B');
    a.settle();
    a.socket?.push({ t: 'error', code: 'bad_value', message: 'Not A.', field: 'polls' });
    a.showAll();
    a.cut();
    a.reconnect();
    a.showAll();
    b.settle();
    expect(b.seen).toEqual({ a: { polls: 'B' } });
    expect(declined).toHaveBeenCalledTimes(1);
  });

  it('is sent once more, and its refusal told once, when it was the newest of several', () => {
    const { server, a, b } = two();
    const declined = vi.fn();
    a.session.live.onDeclined(declined);
    a.session.live.show('polls', 'A');
    a.showAll();
    server.declineNext = 'bad_value';
    a.session.live.show('polls', 'B');
    a.settle();
    server.declineNext = 'bad_value';
    a.showAll();
    expect(server.declineNext).toBeNull();
    a.cut();
    a.reconnect();
    a.showAll();
    b.settle();
    expect(b.seen).toEqual({ a: {} });
    expect(declined).toHaveBeenCalledTimes(1);
    a.session.live.show('polls', 'C');
    a.showAll();
    b.settle();
    expect(b.seen).toEqual({ a: { polls: 'C' } });
  });
});
