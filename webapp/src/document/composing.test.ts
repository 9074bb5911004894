// @vitest-environment happy-dom
import Delta from 'quill-delta';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settleAll } from '../testing/connection';
import { closeEditors, EditorClient } from '../testing/editor';
import { ModelServer } from '../testing/server';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  closeEditors();
  vi.useRealTimers();
});

async function open(text: string): Promise<[ModelServer, EditorClient]> {
  const server = new ModelServer(new Delta().insert(text));
  return [server, await EditorClient.open(server)];
}

function endComposing(client: EditorClient): void {
  client.endComposing();
  vi.advanceTimersByTime(100);
}

describe('while an input method composes', () => {
  it('the changes of others wait, and what is typed goes out at once', async () => {
    const [server, a] = await open('one two\n');
    a.select(3).startComposing();
    server.save(new Delta().insert('zero '));
    a.settle();
    a.type('に');
    a.settle();
    server.save(new Delta().retain(13).insert('!'));
    a.settle();
    expect(a.shown.ops).toEqual([{ insert: 'oneに two\n' }]);
    expect(server.document().ops).toEqual([{ insert: 'zero oneに two!\n' }]);
    endComposing(a);
    expect(a.shown.ops).toEqual(server.document().ops);
    a.type('ほん');
    a.settle();
    expect(server.document().ops).toEqual([{ insert: 'zero oneにほん two!\n' }]);
  });

  it('both sides may change the same place', async () => {
    const [server, a] = await open('abc\n');
    const b = await EditorClient.open(server, 'b');
    settleAll([a, b]);
    a.select(1, 2).startComposing();
    b.select(1, 2).type('B');
    b.settle();
    a.settle();
    a.type('A');
    settleAll([a, b]);
    endComposing(a);
    settleAll([a, b]);
    expect(server.document().ops).toEqual([{ insert: 'aBAc\n' }]);
    expect([a.shown.ops, b.shown.ops]).toEqual([server.document().ops, server.document().ops]);
  });

  it('the line may be split, formatted or deleted by others', async () => {
    const [server, a] = await open('one\ntwo\nthree\n');
    a.select(6).startComposing();
    server.save(new Delta().retain(5).insert('\n', { list: 'bullet' }).retain(2).retain(1, { header: 1 }));
    server.save(new Delta().delete(4));
    a.settle();
    a.type('x');
    a.settle();
    server.save(new Delta().delete(3));
    a.settle();
    endComposing(a);
    expect(server.document().ops).toEqual([
      { insert: 'xo' }, { insert: '\n', attributes: { header: 1 } }, { insert: 'three\n' },
    ]);
    expect(a.shown.ops).toEqual(server.document().ops);
  });

  it('undo waits too, and then leaves what came in', async () => {
    const [server, a] = await open('\n');
    a.startComposing();
    a.type('mine');
    server.save(new Delta().insert('theirs '));
    a.settle();
    expect(a.editor.commands.undo()).toBe(false);
    endComposing(a);
    a.settle();
    expect(a.editor.commands.undo()).toBe(true);
    a.settle();
    expect(server.document().ops).toEqual([{ insert: 'theirs \n' }]);
    expect(a.shown.ops).toEqual(server.document().ops);
  });

  it('nothing of it is lost when the page is joined anew', async () => {
    const [server, a] = await open('text\n');
    a.startComposing();
    a.cut();
    a.select(4).type('!');
    server.save(new Delta().insert('the '));
    server.compacted = 1;
    a.settle();
    endComposing(a);
    expect(server.document().ops).toEqual([{ insert: 'the text!\n' }]);
    expect(a.shown.ops).toEqual(server.document().ops);
  });
});
