import Delta from 'quill-delta';
import { describe, expect, it } from 'vitest';
import { ModelClient } from '../testing/client';
import { settleAll } from '../testing/connection';
import { ModelServer } from '../testing/server';

function textOf(document: Delta | null): string {
  return document?.map((op) => (typeof op.insert === 'string' ? op.insert : '*')).join('') ?? '';
}

function noticeOf(client: ModelClient): string | null {
  return client.machine.snapshot().notice?.kind ?? null;
}

/** The wiki answers that no plugin serves tickets, at each attempt, for so long. */
function staysOff(client: ModelClient, ms: number, status = 503): void {
  for (const end = client.now + ms; client.now < end; client.fire('retry')) client.event({ t: 'refused', status, off: true });
  if ((client.timers.get('off') ?? Infinity) <= ms) client.fire('off');
}

describe('co-editing that is switched off', () => {
  it('is told, keeps what is typed meanwhile, and goes on once it is on again', () => {
    const server = new ModelServer();
    const a = new ModelClient(server, 'a').start();
    a.edit(new Delta().insert('saved '));
    a.settle();
    a.cut(1012);
    a.fire('retry');
    staysOff(a, 20_000);
    expect(noticeOf(a)).toBe('switched-off');
    expect(a.machine.snapshot()).toMatchObject({ phase: 'offline', canEdit: true });
    a.edit(new Delta().retain(6).insert('typed'));
    expect(a.machine.snapshot().saveState).toBe('device');
    server.save(new Delta().insert('alone '));
    a.settle();
    expect(noticeOf(a)).toBeNull();
    expect(textOf(server.document())).toBe('alone saved typed\n');
    expect(a.shown?.ops).toEqual(server.document().ops);
  });

  it('is not told of an upgrade, which is over soon', () => {
    const a = new ModelClient(new ModelServer(), 'a').start();
    a.cut(1012);
    a.fire('retry');
    staysOff(a, 8_000);
    expect(noticeOf(a)).toBeNull();
    a.settle();
    expect(a.timers.has('off')).toBe(false);
    expect(a.machine.snapshot()).toMatchObject({ phase: 'live', notice: null });
  });

  it('is no end of the page where the wiki was started without it', () => {
    const a = new ModelClient(new ModelServer(), 'a').start();
    a.cut(1012);
    a.fire('retry');
    staysOff(a, 20_000, 404);
    expect(a.machine.snapshot()).toMatchObject({ phase: 'offline', notice: { kind: 'switched-off' } });
  });

  it('is asked for ever more seldom, half a minute apart at the most', () => {
    const a = new ModelClient(new ModelServer(), 'a', () => 0.999).start();
    a.cut(1012);
    a.fire('retry');
    const waits = Array.from({ length: 8 }, () => {
      a.event({ t: 'refused', status: 503, off: true });
      const wait = a.timers.get('retry') ?? 0;
      a.fire('retry');
      return Math.round(wait / 1000);
    });
    expect(waits).toEqual([2, 4, 8, 16, 30, 30, 30, 30]);
  });

  it('can be put out of sight, and stays so until it is off another time', () => {
    const a = new ModelClient(new ModelServer(), 'a').start();
    for (let times = 0; times < 2; times++) {
      a.cut(1012);
      a.fire('retry');
      staysOff(a, 20_000);
      expect(noticeOf(a)).toBe('switched-off');
      a.event({ t: 'dismiss' });
      staysOff(a, 60_000);
      expect(noticeOf(a)).toBeNull();
      a.settle();
      a.fire('settled');
    }
  });
});

describe('another front end', () => {
  /** A client that came back after an upgrade, and has looked. */
  function upgraded(): [ModelServer, ModelClient] {
    const server = new ModelServer();
    const a = new ModelClient(server, 'a').start();
    a.fire('settled');
    expect(a.looks, 'who has just loaded the page has the newest').toBe(0);
    a.cut(1012);
    a.settle();
    a.fire('settled');
    expect(a.looks).toBe(1);
    a.event({ t: 'front-end', other: true });
    return [server, a];
  }

  it('is loaded when everything is saved and nobody typed for ten seconds', () => {
    const [, a] = upgraded();
    expect(noticeOf(a)).toBe('new-version');
    expect(a.timers.get('reload')).toBe(10_000);
    a.fire('reload');
    expect(a.reloads).toBe(1);
  });

  it('waits for who types, and for what is not saved', () => {
    const [server, a] = upgraded();
    a.timers.delete('reload');
    a.edit(new Delta().insert('typing'));
    a.fire('reload');
    expect(a.reloads).toBe(0);
    a.settle();
    a.fire('reload');
    expect(a.reloads).toBe(1);
    expect(textOf(server.document())).toBe('typing\n');
  });

  it('is looked for when the wiki says that it has changed', () => {
    const a = new ModelClient(new ModelServer(), 'a').start();
    a.event({ t: 'frame', frame: { t: 'notice', code: 'editor_changed', message: 'The editor has changed.' } });
    expect(noticeOf(a)).toBeNull();
    expect(a.looks).toBe(0);
    a.fire('look');
    expect(a.looks).toBe(1);
    a.event({ t: 'front-end', other: true });
    expect(noticeOf(a)).toBe('new-version');
  });

  it('is not loaded while the wiki is away: it is looked for again after the next return', () => {
    const [, a] = upgraded();
    a.cut();
    expect(a.timers.has('reload')).toBe(false);
    a.settle();
    a.fire('settled');
    expect(a.looks).toBe(2);
    a.event({ t: 'front-end', other: false });
    expect(noticeOf(a)).toBeNull();
    expect(a.timers.has('reload')).toBe(false);
  });
});

describe('a client of which the server has more than it knows', () => {
  /** Its next change had a seq that was taken, so it was taken for repeated, and was nowhere. */
  it('goes on behind it', () => {
    const server = new ModelServer();
    const before = new ModelClient(server, 'a').start();
    before.edit(new Delta().insert('before '));
    settleAll([before]);
    before.cut();
    for (const rev of [null, 1]) {
      const a = new ModelClient(server, 'a').start();
      if (rev !== null) a.cut();
      a.edit(new Delta().insert(`after ${rev} `));
      a.settle();
      expect(a.shown?.ops).toEqual(server.document().ops);
      expect(a.machine.snapshot()).toMatchObject({ saveState: 'saved', notice: null });
      a.cut();
    }
    expect(textOf(server.document())).toBe('after 1 after null before \n');
    expect(server.log.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('offers what a failed journal kept instead of sending what may be there already', () => {
    const server = new ModelServer();
    const tab = new ModelClient(server, 'a').start();
    tab.edit(new Delta().insert('one '));
    tab.settle();
    tab.cut();
    const change = { rev: 0, length: 1, acked: 0, flying: null, next: [{ insert: 'one ' }] };
    const resumed = { doc: new Delta().insert('\n'), change, refused: '' };
    const next = new ModelClient(server, 'a', undefined, { journaled: true, resumed }).start();
    expect(next.machine.snapshot()).toMatchObject({ saveState: 'saved', notice: { kind: 'overtaken', unsent: 'one ' } });
    expect(textOf(server.document())).toBe('one \n');
    expect(next.machine.unsaved()).toMatchObject({ change: null, refused: 'one ' });
  });
});

describe('a device that keeps nothing', () => {
  it('is told where it matters: while what is typed cannot be saved', () => {
    const server = new ModelServer();
    const a = new ModelClient(server, 'a', undefined, { journaled: true }).start();
    a.event({ t: 'keeping', works: false });
    expect(a.machine.snapshot()).toMatchObject({ onDevice: false, notice: null });
    a.cut();
    a.edit(new Delta().insert('here alone'));
    expect(noticeOf(a)).toBe('tab-only');
    a.event({ t: 'keeping', works: true });
    expect(noticeOf(a)).toBeNull();
  });
});
