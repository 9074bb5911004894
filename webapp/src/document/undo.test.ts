// @vitest-environment happy-dom
import Delta from 'quill-delta';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settleAll } from '../testing/connection';
import { randomDocument } from '../testing/deltas';
import { closeEditors, EditorClient } from '../testing/editor';
import { randomEdit } from '../testing/edits';
import { withSeedsInTurn, type Random } from '../testing/random';
import { ModelServer } from '../testing/server';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  closeEditors();
  vi.useRealTimers();
});

/** For a run with many seeds. */
const LONG = 600_000;

async function two(text: string): Promise<[ModelServer, EditorClient, EditorClient]> {
  const server = new ModelServer(new Delta().insert(text));
  return [server, await EditorClient.open(server, 'a'), await EditorClient.open(server, 'b')];
}

function textOf({ shown }: EditorClient): string {
  return shown.ops.map(({ insert }) => (typeof insert === 'string' ? insert : '*')).join('');
}

/** Longer than what is typed in one go may be apart. */
function pause(): void {
  vi.advanceTimersByTime(1_000);
}

function undoAll({ editor }: EditorClient): void {
  while (editor.commands.undo());
}

function redoAll({ editor }: EditorClient): void {
  while (editor.commands.redo());
}

describe('undo', () => {
  it('takes back what was typed in one go, and redo brings it again', async () => {
    const [, a] = await two('\n');
    a.type('one');
    pause();
    a.type(' two').press('Mod-z');
    expect(textOf(a)).toBe('one\n');
    a.press('Mod-z');
    expect(textOf(a)).toBe('\n');
    a.press('Mod-y', 'Mod-y', 'Mod-y');
    expect(textOf(a)).toBe('one two\n');
    a.press('Shift-Mod-z', 'Mod-z').type('!');
    expect(a.editor.can().redo()).toBe(false);
    expect(textOf(a)).toBe('one!\n');
  });

  it('takes back one deletion in a row, and sets the caret there', async () => {
    const [, a] = await two('hello\n');
    a.select(4).press('Backspace', 'Backspace').select(0).press('Mod-z');
    expect(textOf(a)).toBe('hello\n');
    a.type('!');
    expect(textOf(a)).toBe('hell!o\n');
  });

  it('leaves what others typed', async () => {
    const [server, a, b] = await two('\n');
    a.type('abcd');
    settleAll([a, b]);
    b.select(2).type('XY');
    settleAll([a, b]);
    a.press('Mod-z');
    settleAll([a, b]);
    expect(server.document().ops).toEqual([{ insert: 'XY\n' }]);
    a.press('Mod-y');
    settleAll([a, b]);
    expect(textOf(a)).toBe(textOf(b));
    expect(textOf(a)).toContain('XY');
    expect(textOf(a).replace('XY', '')).toBe('abcd\n');
  });

  it('has nothing to do with what only others did', async () => {
    const [, a, b] = await two('\n');
    b.type('theirs');
    settleAll([a, b]);
    expect(a.editor.can().undo()).toBe(false);
    expect(b.editor.can().undo()).toBe(true);
    a.press('Mod-z');
    expect(textOf(a)).toBe('theirs\n');
  });

  it('brings back a deletion that others typed into', async () => {
    const [server, a, b] = await two('one two three\n');
    a.select(3, 13).press('Backspace');
    b.select(8).type('and a half ');
    settleAll([a, b]);
    expect(textOf(a)).toBe('oneand a half \n');
    a.press('Mod-z');
    settleAll([a, b]);
    expect(textOf(a).replace('and a half ', '')).toBe('one two three\n');
    expect(b.shown.ops).toEqual(server.document().ops);
  });

  it('takes a format back, also from under the text of others', async () => {
    const [, a, b] = await two('one two\n');
    a.select(0, 7).press('Mod-b');
    settleAll([a, b]);
    b.select(3).type('!');
    settleAll([a, b]);
    expect(a.shown.ops).toEqual([{ insert: 'one! two', attributes: { bold: true } }, { insert: '\n' }]);
    a.press('Mod-z');
    settleAll([a, b]);
    expect(b.shown.ops).toEqual([{ insert: 'one' }, { insert: '!', attributes: { bold: true } }, { insert: ' two\n' }]);
  });

  it('leaves a line as others have formatted it since', async () => {
    const [, a, b] = await two('one\n');
    a.press('Mod-Alt-1');
    settleAll([a, b]);
    b.press('Mod-Alt-2');
    settleAll([a, b]);
    a.press('Mod-z');
    settleAll([a, b]);
    expect(b.shown.ops).toEqual([{ insert: 'one' }, { insert: '\n', attributes: { header: 2 } }]);
  });

  it('does nothing for somebody who may only read', async () => {
    const [server, a] = await two('\n');
    a.type('one');
    a.settle();
    server.setAccess('view');
    a.settle();
    a.press('Mod-z');
    expect(textOf(a)).toBe('one\n');
  });
});

describe('all steps', () => {
  it('taken back lead to the beginning, done again to the end', async () => {
    await withSeedsInTurn(6, async (random) => {
      const start = randomDocument(random, 'known');
      const client = await EditorClient.open(new ModelServer(start));
      for (let i = 0; i < 40; i++) {
        randomEdit(client, random);
        if (random.chance(50)) pause();
      }
      redoAll(client);
      const end = client.shown;
      undoAll(client);
      expect(client.shown.ops).toEqual(start.ops);
      redoAll(client);
      expect(client.shown.ops).toEqual(end.ops);
      closeEditors();
    });
  }, LONG);

  it('of one taken back leave just what the other typed', async () => {
    await withSeedsInTurn(10, async (random) => {
      const [server, a, b] = await two('\n');
      const typed: string[] = [];
      for (let i = 10; i < 50; i++) {
        if (random.chance(60)) randomEdit(a, random);
        else typed.push(typeToken(b, random, `(${i})`));
        if (random.chance(60)) settleAll([a, b]);
      }
      settleAll([a, b]);
      undoAll(a);
      settleAll([a, b]);
      expect(b.shown.ops).toEqual(server.document().ops);
      expect([...textOf(b)].sort()).toEqual([...`${typed.join('')}\n`].sort());
      closeEditors();
    });
  }, LONG);
});

function typeToken(client: EditorClient, random: Random, token: string): string {
  client.select(random.below(client.shown.length())).view.pasteText(token);
  return token;
}
