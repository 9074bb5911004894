// @vitest-environment happy-dom
import Delta from 'quill-delta';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settleAll } from '../testing/connection';
import { randomChange, randomDocument } from '../testing/deltas';
import { closeEditors, EditorClient, turn } from '../testing/editor';
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

/** After an input method ends, the binding waits for the view to settle. */
async function moment(): Promise<void> {
  vi.advanceTimersByTime(100);
  await turn();
}

function agree(server: ModelServer, clients: readonly EditorClient[]): void {
  for (const client of clients) {
    const { shown, session } = client;
    client.check();
    expect(shown.ops).toEqual(server.document().ops);
    expect(session.getSnapshot()).toMatchObject({ phase: 'live', saveState: 'saved' });
  }
}

function compose(client: EditorClient): void {
  if (client.view.composing) client.endComposing();
  else client.startComposing();
}

async function anything(random: Random, server: ModelServer, clients: readonly EditorClient[]): Promise<void> {
  const client = random.pick(clients);
  const what = random.below(100);
  if (what < 45) randomEdit(client, random);
  else if (what < 75) client.stepOnce();
  else if (what < 84) client.deliverDown();
  else if (what < 90) server.save(randomChange(random, server.document()));
  else if (what < 92) client.cut();
  else if (what < 95) compose(client);
  else if (what < 96) server.compacted = random.below(server.rev + 1);
  else if (what < 97) server.refuseNext = random.pick(['unavailable', 'bad_delta', 'stale_revision', 'diverged']);
  else await moment();
  client.check();
}

describe('editors and a server', () => {
  it('agree whatever is done to them', async () => {
    await withSeedsInTurn(15, async (random) => {
      vi.setSystemTime(0);
      const server = new ModelServer(randomDocument(random, 'odd'));
      const clients = await Promise.all(['a', 'b', 'c'].map((name) => EditorClient.open(server, name)));
      for (let i = 0; i < 120; i++) await anything(random, server, clients);
      server.refuseNext = null;
      for (const client of clients) client.endComposing();
      await moment();
      settleAll(clients);
      agree(server, clients);
      closeEditors();
    });
  }, LONG);

  it('leave a reader the text of others only', async () => {
    const server = new ModelServer(new Delta().insert('text\n'));
    server.access = 'view';
    const a = await EditorClient.open(server);
    a.type('x').press('Enter', 'Backspace', 'Mod-b', 'Tab');
    a.editor.commands.toggleBulletList();
    a.view.pasteText('y');
    server.save(new Delta().insert('more '));
    a.settle();
    expect(a.editor.isEditable).toBe(false);
    expect(server.log.length).toBe(1);
    expect(a.shown.ops).toEqual([{ insert: 'more text\n' }]);
  });

  it('show at once what the server took back', async () => {
    const server = new ModelServer(new Delta().insert('text\n'));
    const a = await EditorClient.open(server);
    server.refuseNext = 'bad_delta';
    a.select(4).type('!').press('Enter').type('good');
    a.settle();
    expect(a.shown.ops).toEqual(server.document().ops);
    expect(a.shown.ops).toEqual([{ insert: 'text\ngood\n' }]);
  });
});
