import Delta from 'quill-delta';
import { describe, expect, it } from 'vitest';
import { ModelClient } from '../testing/client';
import { settleAll } from '../testing/connection';
import { randomChange, randomDocument } from '../testing/deltas';
import { withSeeds, type Random } from '../testing/random';
import { ModelServer, type ModelSocket } from '../testing/server';

function textOf(document: Delta | null): string {
  return document?.ops.map((op) => (typeof op.insert === 'string' ? op.insert : '*')).join('') ?? '';
}

function agree(server: ModelServer, clients: readonly ModelClient[]): void {
  for (const client of clients) {
    expect(client.shown?.ops).toEqual(server.document().ops);
    expect(client.machine.shown().ops).toEqual(server.document().ops);
    expect(client.machine.snapshot().saveState).toBe('saved');
  }
}

/** Breaks a connection; what was on its way up may reach the server later. */
function cut(client: ModelClient, strays: ModelSocket[]): void {
  if (client.socket !== null) strays.push(client.socket);
  client.cut();
}

function anything(random: Random, server: ModelServer, clients: ModelClient[], strays: ModelSocket[]): void {
  const client = random.pick(clients);
  const what = random.below(100);
  if (what < 30 && client.machine.canEdit()) client.edit(randomChange(random, client.machine.shown()));
  else if (what < 70) client.stepOnce();
  else if (what < 80) client.socket?.deliverUp();
  else if (what < 88) client.deliverDown();
  else if (what < 92) cut(client, strays);
  else if (what < 95) random.pick(strays.concat(client.socket ?? []))?.deliverUp();
  else if (what < 97) server.save(randomChange(random, server.document()));
  else if (what < 98) server.compacted = random.below(server.rev + 1);
  else if (what < 99) server.refuseNext = random.pick(['unavailable', 'rate_limited', 'stale_revision', 'diverged', 'internal']);
  else client.event({ t: 'network', online: random.chance(50) });
}

describe('clients and a server', () => {
  it('agree whatever happens between them', () => {
    withSeeds(120, (random) => {
      const server = new ModelServer(randomDocument(random, 'odd'));
      const clients = ['a', 'b', 'c'].map((name) => new ModelClient(server, name, () => random.next()).start());
      const strays: ModelSocket[] = [];
      for (let i = 0; i < 150; i++) anything(random, server, clients, strays);
      server.refuseNext = null;
      settleAll(clients);
      agree(server, clients);
    });
  });

  it('lose nothing and enter nothing twice, wherever the connection breaks', () => {
    for (let at = 0; at < 30; at++) {
      for (const late of [false, true]) {
        const server = new ModelServer();
        const [a, b] = ['a', 'b'].map((name) => new ModelClient(server, name).start()) as [ModelClient, ModelClient];
        let step = 0;
        const tick = (work: () => void): void => {
          if (step++ === at) {
            const old = a.socket;
            a.cut();
            if (late) a.reconnect();
            while (old?.deliverUp() === true);
          }
          work();
        };
        for (const n of [1, 2, 3, 4]) {
          tick(() => a.edit(new Delta().insert(`(a${n})`)));
          tick(() => b.edit(new Delta().insert(`(b${n})`)));
          for (let i = 0; i < 4; i++) tick(() => [a, b].forEach((client) => client.stepOnce()));
        }
        settleAll([a, b]);
        agree(server, [a, b]);
        const tokens = textOf(server.document()).match(/\(\w\d\)/g) ?? [];
        expect([...tokens].sort()).toEqual(['(a1)', '(a2)', '(a3)', '(a4)', '(b1)', '(b2)', '(b3)', '(b4)']);
      }
    }
  });

  it('keep one change in flight and compose the rest', () => {
    const server = new ModelServer();
    const a = new ModelClient(server, 'a').start();
    for (const text of ['x', 'y', 'z']) a.edit(new Delta().retain(textOf(a.shown).length - 1).insert(text));
    expect(a.socket?.toServer.filter(({ t }) => t === 'op')).toHaveLength(1);
    expect(a.machine.snapshot().saveState).toBe('device');
    a.settle();
    expect(server.log.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(textOf(server.document())).toBe('xyz\n');
  });

  it('send a large change in parts', () => {
    const server = new ModelServer();
    server.limits = { ...server.limits, message: 2_000, ops: 6 };
    const a = new ModelClient(server, 'a').start();
    const change = new Delta();
    for (let i = 0; i < 40; i++) change.insert('😀long'.repeat(i), { link: `/p${i}` });
    a.edit(change);
    a.settle();
    agree(server, [a]);
    // 39 operations, five and a retain at a time.
    expect(server.log.length).toBe(8);
  });

  it('take out what cannot be parted and go on with the rest', () => {
    const server = new ModelServer();
    const a = new ModelClient(server, 'a').start();
    server.limits = { ...server.limits, message: 5_000 };
    a.edit(new Delta().insert({ map: 'x'.repeat(60_000) }));
    a.edit(new Delta().retain(1).insert('kept'));
    a.settle();
    agree(server, [a]);
    expect(textOf(server.document())).toBe('kept\n');
    expect(a.machine.snapshot().notice?.kind).toBe('too-large');
  });

  it('send smaller parts when the server takes less than it said', () => {
    const server = new ModelServer();
    const a = new ModelClient(server, 'a').start();
    server.limits = { ...server.limits, message: 5_000 };
    a.edit(new Delta().insert('x'.repeat(60_000)));
    a.settle();
    agree(server, [a]);
    expect(a.machine.snapshot().notice).toBeNull();
  });
});

describe('a notice of the server', () => {
  it('is shown until it is dismissed, and nothing else changes', () => {
    const server = new ModelServer();
    const a = new ModelClient(server, 'a').start();
    a.event({ t: 'frame', frame: { t: 'notice', code: 'plugin_off', message: 'A check is off here.' } });
    expect(a.machine.snapshot().notice).toMatchObject({ kind: 'told', unsent: null, retry: false });
    expect(a.machine.snapshot().notice?.action).toBe('A check is off here. You can go on editing.');
    a.edit(new Delta().insert('on'));
    a.settle();
    agree(server, [a]);
    a.event({ t: 'dismiss' });
    expect(a.machine.snapshot().notice).toBeNull();
  });
});

describe('what a server refuses', () => {
  it('is taken out and offered, and the rest goes on', () => {
    const server = new ModelServer();
    const a = new ModelClient(server, 'a').start();
    server.refuseNext = 'bad_delta';
    a.edit(new Delta().insert('bad'));
    a.edit(new Delta().retain(3).insert('good'));
    a.settle();
    agree(server, [a]);
    expect(textOf(a.shown)).toBe('good\n');
    expect(a.machine.snapshot().notice).toMatchObject({ kind: 'refused', unsent: 'bad' });
    a.event({ t: 'dismiss' });
    expect(a.machine.snapshot().notice).toBeNull();
  });

  it('is told with the sentence of the server', () => {
    const server = new ModelServer();
    const a = new ModelClient(server, 'a').start();
    server.refuseNext = 'bad_delta';
    server.sentence = 'This section is protected.';
    a.edit(new Delta().insert('bad'));
    a.settle();
    const action = a.machine.snapshot().notice?.action;
    expect(action).toBe('This section is protected. It was taken out of the page; everything else is kept.');
  });

  it('is offered when the right to edit is taken away', () => {
    const server = new ModelServer();
    const a = new ModelClient(server, 'a').start();
    a.edit(new Delta().insert('one '));
    a.edit(new Delta().insert('two '));
    server.setAccess('view');
    a.settle();
    expect(textOf(a.shown)).toBe('\n');
    const { notice, canEdit, saveState } = a.machine.snapshot();
    expect(canEdit).toBe(false);
    expect(saveState).toBe('saved');
    expect(notice).toMatchObject({ kind: 'read-only', unsent: 'two one ' });
  });

  it('is offered when the right went while offline', () => {
    const server = new ModelServer();
    const a = new ModelClient(server, 'a').start();
    a.cut();
    a.edit(new Delta().insert('typed offline'));
    server.access = 'view';
    a.settle();
    expect(textOf(a.shown)).toBe('\n');
    expect(a.machine.snapshot().notice?.unsent).toBe('typed offline');
  });

  it('for lack of a database is kept and sent again', () => {
    const server = new ModelServer();
    const a = new ModelClient(server, 'a').start();
    server.refuseNext = 'unavailable';
    a.edit(new Delta().insert('kept'));
    a.socket?.deliverUp();
    a.deliverDown();
    expect(a.machine.snapshot().notice?.kind).toBe('unavailable');
    a.settle();
    agree(server, [a]);
    expect(a.machine.snapshot().notice).toBeNull();
  });
});

describe('a backup that is restored', () => {
  const atEnd = (client: ModelClient, text: string): void =>
    client.edit(new Delta().retain(textOf(client.shown).length - 1).insert(text));

  /** Two clients that saved a word each before the backup, and a word each after it. */
  function setBack(): [ModelServer, ModelClient, ModelClient] {
    const server = new ModelServer();
    const [a, b] = ['a', 'b'].map((name) => new ModelClient(server, name).start()) as [ModelClient, ModelClient];
    for (const when of ['before', 'after']) {
      for (const client of [a, b]) {
        atEnd(client, ` ${client.name}-${when}`);
        settleAll([a, b]);
      }
    }
    expect(textOf(server.document())).toBe(' a-before b-before a-after b-after\n');
    server.restore(2);
    return [server, a, b];
  }

  it('is told with the text that the page lacks, and everybody goes on', () => {
    const [server, a, b] = setBack();
    for (const client of [a, b]) client.cut(1012);
    settleAll([a, b]);
    agree(server, [a, b]);
    expect(textOf(a.shown)).toBe(' a-before b-before\n');
    for (const client of [a, b]) {
      const { phase, canEdit, notice } = client.machine.snapshot();
      expect({ phase, canEdit }).toEqual({ phase: 'live', canEdit: true });
      expect(notice).toMatchObject({ kind: 'set-back', unsent: 'a-after b-after', retry: false });
    }
    atEnd(a, ' a-again');
    settleAll([a, b]);
    atEnd(b, ' b-again');
    settleAll([a, b]);
    agree(server, [a, b]);
    expect(textOf(server.document())).toBe(' a-before b-before a-again b-again\n');
    a.event({ t: 'dismiss' });
    a.cut();
    a.settle();
    expect(a.machine.snapshot().notice).toBeNull();
  });

  it('leaves what was not saved in the page, to be saved', () => {
    const [server, a, b] = setBack();
    atEnd(a, ' sent');
    atEnd(a, ' typed');
    a.cut(1012);
    b.cut(1012);
    settleAll([a, b]);
    agree(server, [a, b]);
    expect(textOf(server.document())).toBe(' a-before b-before sent typed\n');
    expect(server.log.slice(2).map(({ client, seq }) => [client, seq])).toEqual([['a', 2]]);
    expect(a.machine.snapshot().notice?.unsent).toBe('a-after b-after');
  });

  it('is noticed also when the page has as many revisions again', () => {
    const [server, a, b] = setBack();
    for (const word of ['x', 'y', 'z']) server.save(new Delta().insert(word));
    for (const client of [a, b]) client.cut(1012);
    settleAll([a, b]);
    agree(server, [a, b]);
    expect(textOf(server.document())).toBe('zyx a-before b-before\n');
    expect(a.machine.snapshot().notice).toMatchObject({ kind: 'set-back', unsent: 'a-after b-after' });
  });

  it('is told to who only reads, and is told without a text where only deletions are gone', () => {
    const server = new ModelServer(new Delta().insert('text\n'));
    const [a, b] = ['a', 'b'].map((name) => new ModelClient(server, name).start()) as [ModelClient, ModelClient];
    a.edit(new Delta().delete(4));
    settleAll([a, b]);
    server.restore(0);
    server.access = 'view';
    for (const client of [a, b]) client.cut(1012);
    settleAll([a, b]);
    agree(server, [a, b]);
    for (const client of [a, b]) {
      expect(client.machine.snapshot().notice).toMatchObject({ kind: 'set-back', unsent: null });
    }
  });

  it('at whatever moment leaves clients and server agreed, and no text gone in silence', () => {
    withSeeds(60, (random) => {
      const server = new ModelServer();
      const clients = ['a', 'b', 'c'].map((name) => new ModelClient(server, name, () => random.next()).start());
      let typed = 0;
      for (let round = 0; round < 4; round++) {
        for (let i = 0; i < 60; i++) {
          const client = random.pick(clients);
          if (random.chance(40)) client.edit(new Delta().insert(`<${typed++}> `));
          else client.stepOnce();
        }
        server.restore(random.below(server.rev + 1));
        for (const client of clients) {
          client.cut();
          client.reconnect();
          client.socket?.deliverUp();
        }
      }
      settleAll(clients);
      agree(server, clients);
      for (let word = 0; word < typed; word++) {
        const found = [textOf(server.document()), ...clients.map((client) => client.machine.snapshot().notice?.unsent ?? '')];
        expect(found.some((text) => text.includes(`<${word}>`)), `<${word}>`).toBe(true);
      }
    });
  });
});

describe('a connection', () => {
  it('is given up when nothing answers a ping', () => {
    const a = new ModelClient(new ModelServer(), 'a').start();
    a.fire('silence');
    expect(a.socket?.toServer.at(-1)?.t).toBe('ping');
    a.fire('pong');
    expect(a.socket).toBeNull();
    expect(a.machine.snapshot().phase).toBe('offline');
    a.settle();
    expect(a.machine.snapshot().phase).toBe('live');
  });

  /** A reader of a busy page hears all the time, and was closed for its silence every minute. */
  it('tells the server that it is there also when it hears all the time', () => {
    const a = new ModelClient(new ModelServer(), 'a').start();
    for (let minute = 0; minute < 3; minute++) {
      const before = a.socket?.toServer.length ?? 0;
      a.fire('voice');
      expect(a.socket?.toServer.slice(before).map((frame) => frame.t)).toEqual(['ping']);
      a.settle();
    }
    expect(a.machine.snapshot().phase).toBe('live');
  });

  it('waits longer each time, up to half a minute', () => {
    const a = new ModelClient(new ModelServer(), 'a', () => 1);
    a.event({ t: 'start' });
    const waits = Array.from({ length: 10 }, () => {
      a.event({ t: 'refused', status: 0 });
      const wait = a.timers.get('retry');
      a.fire('retry');
      return wait;
    });
    expect(waits.slice(0, 4)).toEqual([250, 500, 1000, 2000]);
    expect(waits.at(-1)).toBe(30_000);
  });

  it('is made elsewhere at once when a node goes down, however often that happens', () => {
    const a = new ModelClient(new ModelServer(), 'a', () => 0.99).start();
    for (let i = 0; i < 5; i++) {
      a.cut(1012);
      expect(a.timers.get('retry')).toBeLessThan(250);
      expect(a.machine.snapshot()).toMatchObject({ phase: 'offline', canEdit: true, notice: null });
      a.settle();
      expect(a.machine.snapshot().phase).toBe('live');
    }
  });

  it.each([
    [4400, 'broken'],
    [4403, 'access-gone'],
    [4404, 'page-gone'],
  ])('that closes with %i ends with a notice that offers the unsent text', (code, kind) => {
    const server = new ModelServer();
    const a = new ModelClient(server, 'a').start();
    a.edit(new Delta().insert('mine'));
    a.cut(code);
    expect(a.machine.snapshot()).toMatchObject({ phase: 'ended', canEdit: false, notice: { kind, unsent: 'mine' } });
    a.event({ t: 'retry' });
    a.settle();
    agree(server, [a]);
    expect(textOf(server.document())).toBe('mine\n');
    expect(a.machine.snapshot().notice).toBeNull();
  });

  it('renews the sign-in once when the session expired', () => {
    const a = new ModelClient(new ModelServer(), 'a').start();
    a.cut(4401);
    expect(a.wantsConnection).toBe(true);
    a.event({ t: 'refused', status: 401 });
    expect(a.machine.snapshot().notice).toMatchObject({ kind: 'signed-out', retry: true });
  });
});

describe('cursors', () => {
  it('stand for everyone where their owner set them', () => {
    const server = new ModelServer(new Delta().insert('hello world\n'));
    const [a, b] = ['a', 'b'].map((name) => new ModelClient(server, name).start()) as [ModelClient, ModelClient];
    settleAll([a, b]);
    a.event({ t: 'select', place: { index: 6, length: 5 } });
    b.edit(new Delta().insert('>> '));
    settleAll([a, b]);
    expect(b.machine.cursors()[0]?.range).toEqual({ index: 9, length: 5 });
    a.now += 1000;
    a.edit(new Delta().retain(9).insert('big '));
    a.event({ t: 'select', place: { index: 13, length: 0 } });
    settleAll([a, b]);
    expect(b.machine.cursors()[0]?.range).toEqual({ index: 13, length: 0 });
  });

  it('are sent at the pace that the server allows', () => {
    const a = new ModelClient(new ModelServer(new Delta().insert('abc\n')), 'a').start();
    a.now = 5000;
    for (const index of [1, 2, 3]) a.event({ t: 'select', place: { index, length: 0 } });
    expect(a.socket?.toServer.filter(({ t }) => t === 'cursor')).toHaveLength(1);
    a.fire('cursor');
    expect(a.socket?.toServer.at(-1)).toMatchObject({ t: 'cursor', index: 3 });
  });
});

describe('the hash of the document', () => {
  /** A client that just made its hundredth change. */
  function hundredChanges(start: Delta): [ModelServer, ModelClient] {
    const server = new ModelServer(start);
    const a = new ModelClient(server, 'a').start();
    for (let i = 0; i < 100; i++) {
      a.edit(new Delta().insert(`${i} `, i % 2 === 0 ? { bold: true, italic: true } : {}));
      while (!checks(a) && !a.timers.has('check') && a.stepOnce());
    }
    return [server, a];
  }

  function checks(client: ModelClient): boolean {
    return client.socket?.toServer.some(({ t }) => t === 'check') === true;
  }

  function sentIsRight(server: ModelServer, client: ModelClient, start: Delta): void {
    const frame = client.socket?.toServer.find(({ t }) => t === 'check');
    expect(frame?.t === 'check' && frame.rev).toBe(100);
    expect(frame?.t === 'check' && server.verify(frame.rev, frame.hash, start)).toBe(true);
  }

  const long = new Delta();
  for (let i = 0; i < 4_000; i++) long.insert('word '.repeat(20)).insert('\n', { header: 1 + (i % 3) });

  it('is sent every hundred revisions and is that of the server', () => {
    const start = new Delta().insert('\n');
    const [server, a] = hundredChanges(start);
    sentIsRight(server, a, start);
  });

  it('of a long one comes a little later, and is that of its revision', () => {
    const [server, a] = hundredChanges(long);
    expect(checks(a)).toBe(false);
    for (let i = 0; !checks(a) && i < 100; i++) {
      a.edit(new Delta().retain(50 * i).insert('later'));
      a.stepOnce();
      a.stepOnce();
      a.fire('check');
    }
    expect(server.rev).toBeGreaterThan(100);
    sentIsRight(server, a, long);
    expect(a.timers.has('check')).toBe(false);
  });

  it('is given up with the connection', () => {
    const [, a] = hundredChanges(long);
    expect(a.timers.has('check')).toBe(true);
    a.cut();
    expect(a.timers.has('check')).toBe(false);
  });
});
