// @vitest-environment happy-dom
import Delta from 'quill-delta';
import { afterEach, describe, expect, it } from 'vitest';
import { settleAll } from '../testing/connection';
import { closeEditors, EditorClient } from '../testing/editor';
import { ModelServer } from '../testing/server';
import { indexAt } from './positions';

afterEach(closeEditors);

const TEXT = 'hello world\nbye\n';

/** Where the selection stands in the delta after somebody else changed the page. */
async function selectionAfter(anchor: number, head: number, change: Delta): Promise<[number, number]> {
  const server = new ModelServer(new Delta().insert(TEXT));
  const a = await EditorClient.open(server);
  a.select(anchor, head);
  server.save(change);
  a.settle();
  expect(a.shown.ops).toEqual(server.document().ops);
  const { doc, selection } = a.editor.state;
  return [indexAt(doc, selection.anchor), indexAt(doc, selection.head)];
}

it('an editor begins with the caret at the start of the page', async () => {
  const a = await EditorClient.open(new ModelServer(new Delta().insert(TEXT)));
  a.type('oh ');
  expect(a.shown.ops).toEqual([{ insert: `oh ${TEXT}` }]);
});

describe('the own caret under a change of somebody else', () => {
  it.each<[string, number, Delta, number]>([
    ['before it', 6, new Delta().insert('oh '), 9],
    ['behind it', 6, new Delta().retain(8).insert('oh '), 6],
    ['at it', 6, new Delta().retain(6).insert('oh '), 9],
    ['that splits its line before it', 6, new Delta().retain(2).insert('\n'), 7],
    ['that splits its line behind it', 6, new Delta().retain(8).insert('\n'), 6],
    ['that joins its line with the next', 6, new Delta().retain(11).delete(1), 6],
    ['that joins its line with the one above', 13, new Delta().retain(11).delete(1), 12],
    ['that formats its line', 6, new Delta().retain(11).retain(1, { list: 'checked', blockquote: true }), 6],
    ['that makes the line above an item', 13, new Delta().retain(11).retain(1, { list: 'bullet' }), 13],
    ['that makes the text bold', 6, new Delta().retain(11, { bold: true }), 6],
    ['that deletes around it', 6, new Delta().retain(4).delete(4), 4],
    ['that deletes its line', 13, new Delta().retain(11).delete(4), 11],
  ])('%s stays in its text', async (_where, caret, change, expected) => {
    expect(await selectionAfter(caret, caret, change)).toEqual([expected, expected]);
  });

  it('a selection stays in its text, in the same direction; what is put at its ends stays outside', async () => {
    const around = new Delta().retain(2).insert('<').retain(3).insert('>');
    expect(await selectionAfter(2, 5, around)).toEqual([3, 6]);
    expect(await selectionAfter(5, 2, around)).toEqual([6, 3]);
    expect(await selectionAfter(2, 5, new Delta().retain(3).insert('in'))).toEqual([2, 7]);
    expect(await selectionAfter(2, 14, new Delta().retain(4).delete(9))).toEqual([2, 5]);
  });

  it('and what was set for the next text stays set', async () => {
    const server = new ModelServer(new Delta().insert(TEXT));
    const a = await EditorClient.open(server);
    a.select(5).press('Mod-b');
    server.save(new Delta().insert('oh '));
    a.settle();
    a.type('!');
    expect(a.shown.ops).toEqual([{ insert: 'oh hello' }, { insert: '!', attributes: { bold: true } }, { insert: ` world\nbye\n` }]);
  });
});

describe('the carets of others', () => {
  async function both(): Promise<[EditorClient, EditorClient]> {
    const server = new ModelServer(new Delta().insert(TEXT));
    const clients: [EditorClient, EditorClient] = [await EditorClient.open(server, 'a'), await EditorClient.open(server, 'b')];
    settleAll(clients);
    return clients;
  }

  /** Someone selects something, and the others hear of it when the pace allows. */
  function look(client: EditorClient, anchor: number, head = anchor): void {
    client.view.focus();
    client.select(anchor, head);
    if (client.timers.has('cursor')) client.fire('cursor');
  }

  /** The text with a caret in it, as the editor shows it. */
  function shownText({ view }: EditorClient): string {
    const copy = view.dom.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.peer-caret')) {
      caret.replaceWith(`|${caret.querySelector('.peer-flag')?.getAttribute('data-name') ?? ''}|`);
    }
    for (const part of copy.querySelectorAll('.peer-selection')) part.replaceWith(`[${part.textContent}]`);
    return [...copy.children].map((block) => block.textContent).join('\n');
  }

  it('are shown with a name once they look at the page, and gone when they look away', async () => {
    const [a, b] = await both();
    look(a, 6);
    settleAll([a, b]);
    expect(shownText(b)).toBe('hello |user a|world\nbye');
    expect(shownText(a)).toBe('hello world\nbye');
    look(a, 6, 8);
    settleAll([a, b]);
    expect(shownText(b)).toBe('hello [wo]|user a|rld\nbye');
    a.view.dom.blur();
    a.fire('cursor');
    settleAll([a, b]);
    expect(shownText(b)).toBe('hello world\nbye');
  });

  it('move with the text, whoever changes it', async () => {
    const [a, b] = await both();
    look(a, 6);
    settleAll([a, b]);
    b.select(0).type('oh ');
    expect(shownText(b)).toBe('oh hello |user a|world\nbye');
    settleAll([a, b]);
    a.type('my ');
    settleAll([a, b]);
    expect(shownText(b)).toBe('oh hello my |user a|world\nbye');
  });

  it('go with their owner', async () => {
    const [a, b] = await both();
    look(a, 6);
    settleAll([a, b]);
    b.cut();
    expect(shownText(b)).toBe('hello world\nbye');
  });
});
