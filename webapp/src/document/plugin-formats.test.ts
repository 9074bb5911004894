// @vitest-environment happy-dom
import { DOMSerializer } from '@tiptap/pm/model';
import Delta, { type Op } from 'quill-delta';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { documentChange } from '../sync/document-change';
import { settleAll } from '../testing/connection';
import { randomDocument } from '../testing/deltas';
import { closeEditors, EditorClient } from '../testing/editor';
import { randomEdit } from '../testing/edits';
import { strewn, WITH_PLUGINS } from '../testing/plugin-formats';
import { withSeeds, withSeedsInTurn, type Random } from '../testing/random';
import { changeFault } from '../testing/rules';
import { ModelServer } from '../testing/server';
import { allowedChange } from './allowed';
import { lines } from './lines';
import { linesOf } from './linesOf';
import { BUILT_IN, PageFormats } from './page-formats';
import { deltaLength } from './positions';
import { documentSchema } from './schema';
import { tree } from './tree';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  closeEditors();
  vi.useRealTimers();
});

const schema = documentSchema(WITH_PLUGINS);

function html(document: Delta, of = schema): string {
  const shown = DOMSerializer.fromSchema(of).serializeFragment(tree(lines(document), of).content);
  const place = window.document.createElement('div');
  place.append(shown);
  return place.innerHTML;
}

/** An editor on a page of its own, whose server knows the plugins' formats. */
async function opened(document: Delta, formats = WITH_PLUGINS): Promise<EditorClient> {
  return EditorClient.open(new ModelServer(document, WITH_PLUGINS), 'a', formats);
}

function opsOf(client: EditorClient): Op[] {
  client.check();
  client.settle();
  return client.shown.ops;
}

describe('linesOf(tree(d)) = d with formats of plugins', () => {
  it('for random documents, whoever knows the formats', () => {
    withSeeds(400, (random) => {
      const document = strewn(random, randomDocument(random, 'odd'));
      for (const of of [schema, documentSchema()]) {
        const doc = tree(lines(document), of);
        doc.check();
        expect(linesOf(doc).ops).toEqual(document.ops);
        expect(deltaLength(doc)).toBe(document.length());
        expect(tree(lines(linesOf(doc)), of).eq(doc)).toBe(true);
      }
    });
  });

  it('shows what is known as the plugin wants it, and names an embed that is not', () => {
    const document = new Delta().insert('a', { paint: 'red' }).insert({ badge: 'new' }).insert('\n', { box: 2, 'box-title': true });
    expect(html(document)).toContain('<span class="paint-red"');
    expect(html(document)).toMatch(/<p class="box box-2 box-title"[^>]*>/);
    expect(html(document)).toMatch(/<span class="badge"[^>]*>new<\/span>/);
    const unknown = html(document, documentSchema());
    expect(unknown).toContain('>[badge]</span>');
    expect(unknown).toContain('<span class="opaque-mark">a</span>');
    expect(unknown).not.toContain('box');
  });
});

describe('what may be sent of a change with formats of plugins', () => {
  it('is taken by the server and leaves every embed that is not known', () => {
    withSeeds(400, (random) => {
      const from = strewn(random, randomDocument(random, 'odd'));
      const change = documentChange(from, strewn(random, randomDocument(random, 'odd')));
      for (const formats of [WITH_PLUGINS, BUILT_IN]) {
        const allowed = allowedChange(change, (start, end) => from.slice(start, end), formats);
        expect(changeFault(from, allowed, formats)).toBeNull();
        const unknown = (ops: readonly Op[]): unknown[] =>
          ops.map(({ insert }) => insert).filter((insert) => typeof insert === 'object' && !formats.isEmbed(insert));
        expect(unknown(from.compose(allowed).ops)).toEqual(unknown(from.ops));
      }
    });
  });

  it('does not depend on a plugin that changes its mind', async () => {
    let asked = 0;
    const moody = new PageFormats({
      inline: [{ name: 'moody', allows: () => ++asked % 2 === 1, show: () => ({ tag: 'i' }) }], lines: [], embeds: [],
    });
    const client = await EditorClient.open(new ModelServer(new Delta().insert('ab\n'), moody), 'a', moody);
    client.select(0, 2).editor.commands.setInlineFormat('moody', { a: 1 });
    client.select(1).type('x');
    expect(opsOf(client)[0]).toEqual({ insert: 'axb', attributes: { moody: { a: 1 } } });
    expect(asked).toBe(1);
  });
});

describe('commands', () => {
  it('set, toggle and take away inline formats, whatever their values', async () => {
    const client = await opened(new Delta().insert('abc\n'));
    const { editor } = client.select(0, 2);
    expect(editor.commands.setInlineFormat('paint', 'loud')).toBe(false);
    expect(editor.commands.setInlineFormat('bold', true)).toBe(false);
    editor.commands.toggleInlineFormat('paint-term', { id: 1 });
    expect(opsOf(client)).toEqual([{ insert: 'ab', attributes: { 'paint-term': { id: 1 } } }, { insert: 'c\n' }]);
    editor.commands.toggleInlineFormat('paint-term', { id: 2 });
    expect(opsOf(client)[0]?.attributes).toEqual({ 'paint-term': { id: 2 } });
    editor.commands.toggleInlineFormat('paint-term', { id: 2 });
    editor.commands.setInlineFormat('paint', 'red');
    client.select(2).type('x');
    expect(opsOf(client)).toEqual([{ insert: 'ab', attributes: { paint: 'red' } }, { insert: 'xc\n' }]);
    client.select(0, 4).editor.commands.unsetInlineFormat('paint');
    expect(opsOf(client)).toEqual([{ insert: 'abxc\n' }]);
  });

  it('set, toggle and take away line formats, which Enter continues and leaves', async () => {
    const client = await opened(new Delta().insert('a\nb\n'));
    client.select(0, 3).editor.commands.setLineFormat('box', 1);
    expect(client.editor.commands.setLineFormat('box', 3)).toBe(false);
    client.select(1).editor.commands.toggleLineFormat('box-title', true);
    client.press('Enter');
    expect(opsOf(client)).toEqual([
      { insert: 'a' }, { insert: '\n', attributes: { box: 1, 'box-title': true } },
      { insert: '\n', attributes: { box: 1 } }, { insert: 'b' }, { insert: '\n', attributes: { box: 1 } },
    ]);
    client.press('Enter');
    expect(opsOf(client)[2]).toEqual({ insert: '\nb' });
    client.select(3).press('Backspace');
    expect(opsOf(client)[2]).toEqual({ insert: '\nb\n' });
    client.select(0).editor.commands.toggleLineFormat('box', 1);
    client.editor.commands.unsetLineFormat('box-title');
    expect(opsOf(client)).toEqual([{ insert: 'a\n\nb\n' }]);
  });

  it('put an embed in the place of what is selected, and undo takes it back', async () => {
    const client = await opened(new Delta().insert('one\ntwo\n'));
    expect(client.editor.commands.insertEmbed('badge', 5)).toBe(false);
    expect(client.editor.commands.insertEmbed('divider', true)).toBe(false);
    client.select(1, 5).editor.commands.insertEmbed('badge', 'x');
    expect(opsOf(client)).toEqual([{ insert: 'o' }, { insert: { badge: 'x' } }, { insert: 'wo\n' }]);
    client.type('!').press('Mod-z', 'Mod-z');
    expect(opsOf(client)).toEqual([{ insert: 'one\ntwo\n' }]);
  });
});

describe('the view of an embed', () => {
  it('shows the value, sets another, and handles the keys of its own controls', async () => {
    const gone: unknown[] = [];
    const formats = new PageFormats({
      inline: [], lines: [],
      embeds: [{
        name: 'counter',
        allows: (value) => typeof value === 'number' && value < 4,
        show: (value) => ({ tag: 'b', text: String(value) }),
        view: ({ value, set }) => {
          const element = window.document.createElement('button');
          let now = value as number;
          element.textContent = String(now);
          element.addEventListener('click', () => void set(now + 1));
          const update = (next: unknown): boolean => {
            element.textContent = String((now = next as number));
            return next !== 3;
          };
          return { element, update, destroy: () => void gone.push(now) };
        },
      }],
    });
    const client = await EditorClient.open(new ModelServer(new Delta().insert('a').insert({ counter: 1 }).insert('\n'), formats), 'a', formats);
    const button = (): HTMLButtonElement | null => client.view.dom.querySelector('button');
    const first = button();
    first?.click();
    expect(opsOf(client)[1]).toEqual({ insert: { counter: 2 } });
    expect(button()).toBe(first);
    expect(first?.textContent).toBe('2');
    first?.click();
    expect(button()).not.toBe(first);
    button()?.click();
    expect(opsOf(client)[1]).toEqual({ insert: { counter: 3 } });
    button()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    expect(opsOf(client)).toHaveLength(3);
    client.press('Mod-z');
    expect(opsOf(client)[1]).toEqual({ insert: { counter: 2 } });
    client.close();
    expect(gone).toEqual([3, 2]);
  });
});

describe('what is pasted', () => {
  it('is read as the plugin says, and what it does not allow is dropped', async () => {
    const client = await opened(new Delta().insert('\n'));
    client.view.pasteHTML('<p>first</p><aside><p>in a <font color="red">box</font></p></aside><p><font color="loud">x</font> <data value="b">c</data></p>');
    expect(opsOf(client)).toEqual([
      { insert: 'first\nin a ' }, { insert: 'box', attributes: { paint: 'red' } }, { insert: '\n', attributes: { box: 1 } },
      { insert: 'x ' }, { insert: { badge: 'b' } }, { insert: '\n' },
    ]);
  });

  it('is the same as what was copied here', async () => {
    const document = new Delta()
      .insert('a', { 'paint-term': { id: 1 }, bold: true }).insert({ 'badge-chart': [1, 2] }).insert('\n', { box: 2, header: 1 })
      .insert('end').insert('\n', { box: 1 });
    const client = await opened(document);
    client.editor.commands.selectAll();
    const { dom, text } = client.view.serializeForClipboard(client.view.state.selection.content());
    expect(text).toContain('chart of 2');
    const other = await opened(new Delta().insert('\n'));
    other.view.pasteHTML(dom.innerHTML);
    expect(opsOf(other)).toEqual(document.ops);
    const without = await EditorClient.open(new ModelServer(), 'a');
    without.view.pasteHTML(dom.innerHTML);
    expect(JSON.stringify(opsOf(without))).not.toMatch(/paint|badge|box/);
  });
});

/** What a plugin's buttons do. */
function pluginEdit({ editor }: EditorClient, random: Random): boolean {
  const { commands } = editor;
  return random.pick([
    () => commands.toggleInlineFormat('paint', random.pick(['red', 'blue', 'loud'])),
    () => commands.setInlineFormat('paint-term', { id: random.below(3) }),
    () => commands.unsetInlineFormat('paint'),
    () => commands.toggleLineFormat('box', random.pick([1, 2, 3])),
    () => commands.toggleLineFormat('box-title', true),
    () => commands.unsetLineFormat('box'),
    () => commands.insertEmbed('badge', random.pick(['new', 5])),
    () => commands.insertEmbed('badge-chart', [random.below(5)]),
    () => commands.insertContent({ type: 'opaqueEmbed', attrs: { value: { gone: 1 } } }),
  ])();
}

describe('editors of whom one has no plugins', () => {
  it('agree whatever is done to them', async () => {
    await withSeedsInTurn(12, async (random) => {
      vi.setSystemTime(0);
      const server = new ModelServer(strewn(random, randomDocument(random, 'odd')), WITH_PLUGINS);
      const clients = await Promise.all([
        EditorClient.open(server, 'a', WITH_PLUGINS), EditorClient.open(server, 'b', WITH_PLUGINS), EditorClient.open(server, 'c'),
      ]);
      for (let i = 0; i < 100; i++) {
        const client = random.pick(clients);
        if (random.chance(50)) client.stepOnce();
        else if (random.chance(40)) pluginEdit(client, random);
        else randomEdit(client, random);
        client.check();
      }
      settleAll(clients);
      for (const client of clients) expect(client.shown.ops).toEqual(server.document().ops);
      closeEditors();
    });
  }, 600_000);

  it('keep what the one does not know while it types, deletes and formats around it', async () => {
    const document = new Delta().insert('ab', { paint: 'red' }).insert({ badge: 'x' }).insert('c').insert('\n', { box: 1 });
    const client = await opened(document, BUILT_IN);
    client.select(0, 4).press('Mod-b', 'Mod-Alt-1');
    client.select(4).type('d').select(2, 4).press('Delete');
    expect(opsOf(client)).toEqual([
      { insert: 'ab', attributes: { paint: 'red', bold: true } }, { insert: { badge: 'x' }, attributes: { bold: true } },
      { insert: 'd', attributes: { bold: true } }, { insert: '\n', attributes: { box: 1, header: 1 } },
    ]);
    expect(client.editor.commands.insertEmbed('badge', 'y')).toBe(false);
    expect(client.editor.commands.setLineFormat('box', 2)).toBe(false);
  });
});
