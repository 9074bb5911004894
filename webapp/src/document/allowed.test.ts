// @vitest-environment happy-dom
import Delta, { type Op } from 'quill-delta';
import { afterEach, describe, expect, it } from 'vitest';
import { documentChange } from '../sync/document-change';
import { randomDocument } from '../testing/deltas';
import { closeEditors, EditorClient } from '../testing/editor';
import { withSeeds } from '../testing/random';
import { changeFault } from '../testing/rules';
import { ModelServer } from '../testing/server';
import { allowedChange } from './allowed';
import { isDivider } from './formats';
import { BUILT_IN } from './page-formats';

afterEach(closeEditors);

const MAP = { map: { at: [1, 2] } };
const PICTURE = { image: 'x.png' };

function unknownEmbeds(ops: readonly Op[]): unknown[] {
  return ops.map(({ insert }) => insert).filter((insert) => typeof insert === 'object' && !isDivider(insert));
}

/** What a page is after an editor did something to it, which the server took. */
async function after(document: Delta, act: (client: EditorClient) => void): Promise<readonly Op[]> {
  const server = new ModelServer(document);
  const client = await EditorClient.open(server);
  act(client);
  client.check();
  client.settle();
  expect(client.shown.ops).toEqual(server.document().ops);
  return server.document().ops;
}

describe('what may be sent of a change', () => {
  it('is taken by the server and leaves every unknown embed, whatever the change is', () => {
    withSeeds(400, (random) => {
      const from = randomDocument(random, 'odd');
      const change = documentChange(from, randomDocument(random, 'odd'));
      const allowed = allowedChange(change, (start, end) => from.slice(start, end), BUILT_IN);
      expect(changeFault(from, allowed)).toBeNull();
      expect(unknownEmbeds(from.compose(allowed).ops)).toEqual(unknownEmbeds(from.ops));
    });
  });

  it('is the change itself when nothing has to go', () => {
    const document = new Delta().insert('ab\n');
    const change = new Delta().insert('a').insert('\n', { list: 'bullet' }).retain(2, { bold: true }).insert({ divider: true });
    expect(allowedChange(change, (start, end) => document.slice(start, end), BUILT_IN)).toBe(change);
  });
});

describe('what this client does not know', () => {
  const document = new Delta().insert('a').insert({ divider: true }).insert(MAP).insert('b').insert(PICTURE).insert('c\n');

  it('stays when everything is deleted', async () => {
    const ops = await after(document, ({ editor }) => void editor.chain().selectAll().deleteSelection().run());
    expect(ops).toEqual([{ insert: MAP }, { insert: PICTURE }, { insert: '\n' }]);
    expect(await after(document, (client) => void client.select(0, 6).type('x'))).toEqual([
      { insert: 'x' }, { insert: MAP }, { insert: PICTURE }, { insert: '\n' },
    ]);
  });

  it('stays where it is when its like beside it is deleted', async () => {
    expect(await after(document, (client) => void client.select(2).press('Backspace'))).toEqual([
      { insert: 'a' }, { insert: MAP }, { insert: 'b' }, { insert: PICTURE }, { insert: 'c\n' },
    ]);
  });

  it('stays when others build on a transaction that took it', async () => {
    const ops = await after(document, (client) => {
      client.select(0, 6).view.pasteHTML('<p>x `code` y</p>');
    });
    expect(unknownEmbeds(ops)).toEqual([MAP, PICTURE]);
    expect(ops).toContainEqual({ insert: 'code', attributes: { code: true } });
  });

  it('stays when others build on a transaction that was right as it was', async () => {
    const marked = new Delta().insert('tab\t*').insert(MAP).insert('*\n');
    const ops = await after(marked, (client) => {
      client.select(3).view.pasteHTML('<blockquote><blockquote><p>twice</p><h1>quoted</h1></blockquote></blockquote>');
    });
    expect(unknownEmbeds(ops)).toEqual([MAP]);
  });

  it('is not copied', async () => {
    const ops = await after(document, ({ view }) => {
      const slice = view.state.doc.slice(1, 6);
      view.dispatch(view.state.tr.replace(1, 1, slice));
    });
    expect(unknownEmbeds(ops)).toEqual([MAP, PICTURE]);
  });

  it('stays on a line that gets another format, and goes from a line that is split off', async () => {
    const line = new Delta().insert('ab').insert('\n', { banner: 1, header: 1 });
    expect(await after(line, (client) => void client.select(1).press('Enter'))).toEqual([
      { insert: 'a' }, { insert: '\n', attributes: { header: 1 } },
      { insert: 'b' }, { insert: '\n', attributes: { banner: 1, header: 1 } },
    ]);
    expect(await after(line, (client) => void client.press('Mod-Alt-2'))).toEqual([
      { insert: 'ab' }, { insert: '\n', attributes: { banner: 1, header: 2 } },
    ]);
  });

  it('gives way where a known value is set, and is not typed on', async () => {
    const text = new Delta().insert('ab', { bold: 'very', color: 'red' }).insert('\n');
    expect(await after(text, (client) => void client.select(0, 2).press('Mod-b').select(2).press('Mod-b').type('c'))).toEqual([
      { insert: 'ab', attributes: { bold: true, color: 'red' } }, { insert: 'c\n' },
    ]);
  });
});
