// @vitest-environment happy-dom
import Delta, { type Op } from 'quill-delta';
import { afterEach, describe, expect, it } from 'vitest';
import { closeEditors, EditorClient } from '../testing/editor';
import { ODD_HTML } from '../testing/html';
import { linesOf, page, table, tables, type Lines } from '../testing/page';
import { ModelServer } from '../testing/server';

afterEach(closeEditors);

/** What a page with the line `<>` holds after something was pasted into its middle; the server took it. */
async function pasted(paste: (client: EditorClient) => void, start = new Delta().insert('<>\n')): Promise<readonly Op[]> {
  const server = new ModelServer(start);
  const a = await EditorClient.open(server);
  a.select(1);
  paste(a);
  a.settle();
  a.check();
  expect(a.shown.ops).toEqual(server.document().ops);
  return server.document().ops;
}

function html(text: string): (client: EditorClient) => void {
  return ({ view }) => void view.pasteHTML(text);
}

function plain(text: string): (client: EditorClient) => void {
  return ({ view }) => void view.pasteText(text);
}

describe('pasted HTML', () => {
  it('keeps what a page can hold', async () => {
    expect(await pasted(html('<p>a <b>b</b> <a href="https://a.b/">c</a></p>'))).toEqual([
      { insert: '<a ' },
      { insert: 'b', attributes: { bold: true } },
      { insert: ' ' },
      { insert: 'c', attributes: { link: 'https://a.b/' } },
      { insert: '>\n' },
    ]);
  });

  it('keeps headings, lists in lists, tasks, quotes, code and rules', async () => {
    const ops = await pasted(
      html(
        '<p>x</p><h2>h</h2><ul><li>a<ol><li>b</li></ol></li></ul>' +
          '<ul data-type="taskList"><li data-type="taskItem" data-checked="true"><p>t</p></li></ul>' +
          '<blockquote><p>q</p></blockquote><pre><code class="language-go">c\nd</code></pre><hr><p>y</p>',
      ),
    );
    expect(ops).toEqual([
      { insert: '<x\nh' },
      { insert: '\n', attributes: { header: 2 } },
      { insert: 'a' },
      { insert: '\n', attributes: { list: 'bullet' } },
      { insert: 'b' },
      { insert: '\n', attributes: { list: 'ordered', indent: 1 } },
      { insert: 't' },
      { insert: '\n', attributes: { list: 'checked' } },
      { insert: 'q' },
      { insert: '\n', attributes: { blockquote: true } },
      { insert: 'c' },
      { insert: '\n', attributes: { 'code-block': 'go' } },
      { insert: 'd' },
      { insert: '\n', attributes: { 'code-block': 'go' } },
      { insert: { divider: true } },
      { insert: '\ny>\n' },
    ]);
  });

  it.each([
    ['scripts and styles', '<script>alert(1)</script><style>p { color: red }</style><p onclick="x()">text</p>'],
    ['colours and sizes', '<font color="red" size="7"><span style="font-size: 40px">text</span></font>'],
    ['scripted and foreign addresses', '<a href="javascript:alert(1)">te</a><a href="//evil.example">xt</a>'],
    ['addresses that the server would refuse', `<a href="https://a.b/<x>">te</a><a href="/${'x'.repeat(3_000)}">xt</a>`],
    ['hidden characters in addresses', '<a href="https://a\u200b.b">te</a><a href="mailto:">xt</a>'],
    ['pictures but for their description', '<img src="x.png" alt="text" onerror="x()">'],
    ['forms and drawings', '<svg><circle r="1"/></svg><form><input value="v"></form>text'],
    ['the mark of what nobody knows', '<span class="opaque-mark" data-name="x">text</span>'],
    ['control characters', 'te\u0007\u0001xt'],
  ])('leaves out %s', async (_what, content) => {
    expect(await pasted(html(content))).toEqual([{ insert: '<text>\n' }]);
  });

  it.each<[string, string, (string | null)[][]]>([
    ['its head', '<table><thead><tr><th>a</th><th><b>b</b></th></tr></thead><tbody><tr><td><p>c</p></td><td>d</td></tr></tbody></table>', [['a', 'b'], ['c', 'd']]],
    ['cells of several lines', '<table><tr><td><p>a</p><ul><li>b</li></ul></td><td>c<br>d</td></tr></table>', [['a|b', 'c|d']]],
    ['cells that span others', '<table><tr><td rowspan="2">a</td><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr></table>', [['a', 'b', ''], ['', 'c', 'd']]],
    ['rows of any length', '<table><tr><td>a</td></tr><tr></tr><tr><td>b</td><td>c</td></tr></table>', [['a', null], ['b', 'c']]],
    ['tables in cells as lines', '<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>', [['a', 'b\tc']]],
    ['gaps', '<table><tr><th>a</th><th>b</th></tr><tr><td data-gap=""></td><td>c</td></tr></table>', [['a', 'b'], [null, 'c']]],
  ])('makes a table of one, with %s', async (_what, content, cells) => {
    const a = await EditorClient.open(new ModelServer(new Delta().insert('<>\n')));
    a.select(1).view.pasteHTML(content);
    a.settle();
    a.check();
    expect(tables(a)).toEqual([cells]);
    expect(linesOf(a).filter(([, attributes]) => attributes === undefined)).toEqual([['<'], ['>']]);
  });

  it('of one cell is text', async () => {
    expect(await pasted(html('<table><tr><td>a</td></tr></table>'))).toEqual([{ insert: '<a>\n' }]);
  });

  it.each([
    '<td>x</td>', '<th>x</th>', '<tr><td>x</td></tr>', '<tbody><tr><td>x</td></tr></tbody>', '<thead><tr><th>x</th></tr></thead>',
    "<meta charset='utf-8'><td>x</td>", '<html><body>\n<!--StartFragment--><tr><td><p>x</p></td></tr><!--EndFragment--></body></html>',
  ])('of one cell is text without its table too: %s', async (part) => {
    const into = async (...content: Lines): Promise<Lines> => {
      const a = await EditorClient.open(new ModelServer(page(...content)));
      a.select(1).view.pasteHTML(part);
      a.settle();
      a.check();
      return linesOf(a);
    };
    expect(await into(...table(['ab', 'cd']))).toEqual(table(['axb', 'cd']));
    expect(await into(['ab', { list: 'bullet' }])).toEqual([['axb', { list: 'bullet' }]]);
    expect(await into(['ab'])).toEqual([['axb']]);
  });

  it('of several cells is a table without its own too, in a cell lines of it', async () => {
    const a = await EditorClient.open(new ModelServer(page(['ab'], ...table(['cd', 'ef']))));
    a.select(4).view.pasteHTML('<tr><td>1</td><td>2</td></tr>');
    a.select(1).view.pasteHTML('<td>3</td><td>4</td>');
    a.settle();
    a.check();
    expect(tables(a)).toEqual([[['3', '4']], [['c1\t2d', 'ef']]]);
  });

  it('puts a caption above its table, and keeps the alignment of cells', async () => {
    const ops = await pasted(html('<table><caption>c</caption><tr><td align="right">a</td><td style="text-align: center"><p>b</p></td></tr></table>'));
    expect(ops.map(({ insert, attributes }) => [insert, attributes?.['align']])).toEqual([
      ['<c\na', undefined], ['\n', 'right'], ['b', undefined], ['\n', 'center'], ['>\n', undefined],
    ]);
  });

  it('makes lines of a table where there is a cell already', async () => {
    const a = await EditorClient.open(new ModelServer(page(...table(['ab', 'cd']))));
    a.select(1).view.pasteHTML('<table><tr><td>1</td><td><p>2</p><p>3</p></td></tr><tr><td>4</td></tr></table>');
    a.settle();
    a.check();
    expect(tables(a)).toEqual([[['a1\t2 3|4b', 'cd']]]);
  });

  it('keeps callouts, without the text of their label', async () => {
    const callout = '<p>x</p><div class="callout callout-tip" role="note"><p class="callout-label">Tip</p><p>a</p></div><p>y</p>';
    expect(await pasted(html(callout))).toEqual([{ insert: '<x\na' }, { insert: '\n', attributes: { callout: 'tip' } }, { insert: 'y>\n' }]);
  });

  it('of a part of a table is a table with ids of its own; of a part of a cell text', async () => {
    const a = await EditorClient.open(new ModelServer(page(...table(['ab', 'cd'], ['ef', 'gh']), ['<>'])));
    const copy = (from: number, to: number): string => {
      a.select(from, to);
      return a.view.serializeForClipboard(a.editor.state.selection.content()).dom.innerHTML;
    };
    const [part, text] = [copy(4, 8), copy(0, 1)];
    a.select(13).view.pasteHTML(part);
    a.settle();
    a.check();
    expect(tables(a)).toEqual([[['ab', 'cd'], ['ef', 'gh']], [[null, 'd'], ['ef', null]]]);
    const ids = linesOf(a).map(([, attributes]) => (attributes?.['cell'] as { table: string } | undefined)?.table);
    expect(new Set(ids).size).toBe(3);
    a.select(5).view.pasteHTML(text);
    expect(tables(a)[0]).toEqual([['ab', 'cda'], ['ef', 'gh']]);
  });

  it('makes plain lines of headings that are too deep', async () => {
    expect(await pasted(html('<p>x</p><h5>deep</h5><p>y</p>'))).toEqual([{ insert: '<x\ndeep\ny>\n' }]);
  });

  it.each(['a<br>b', '<p>a<br>b</p>', '<div>a<br/>b<br></div>', '<p>a</p><p>b<br></p>', 'a<br>b<br class="end">'])(
    'begins a line at the break in %s',
    async (content) => {
      expect(await pasted(html(content))).toEqual([{ insert: '<a\nb>\n' }]);
    },
  );

  it('keeps an empty line that a break holds open, and breaks in code', async () => {
    expect(await pasted(html('<p>a</p><p><br></p><p>b</p>'))).toEqual([{ insert: '<a\n\nb>\n' }]);
    expect(await pasted(html('<p>a</p><pre>b<br>c</pre><p>d</p>'))).toEqual([
      { insert: '<a\nb' },
      { insert: '\n', attributes: { 'code-block': true } },
      { insert: 'c' },
      { insert: '\n', attributes: { 'code-block': true } },
      { insert: 'd>\n' },
    ]);
  });

  it('of a page goes back into a page as it was', async () => {
    const copied = new Delta()
      .insert('a')
      .insert('\n', { header: 2 })
      .insert('b', { code: true })
      .insert('\n', { list: 'checked', indent: 1 })
      .insert('c\n\nd')
      .insert('\n', { 'code-block': 'go' })
      .insert({ divider: true })
      .insert('\n')
      .insert('e')
      .insert('\n', { list: 'ordered', blockquote: true, indent: 3 });
    const from = await EditorClient.open(new ModelServer(copied));
    const { dom } = from.view.serializeForClipboard(from.editor.state.doc.slice(0));
    expect(await pasted((client) => client.select(0, 2).view.pasteHTML(dom.innerHTML))).toEqual(copied.ops);
  });

  it('is taken by the server whatever it is, also over several lines and in lists, quotes and code', async () => {
    const start = new Delta().insert('one\n', { list: 'bullet' }).insert('two').insert('\n', { blockquote: true });
    for (const attributes of [{ list: 'ordered', indent: 2 }, { blockquote: true, header: 1 }, { 'code-block': true }]) {
      for (const content of ODD_HTML) {
        const document = new Delta().insert('ab').insert('\n', attributes).concat(start.slice(3));
        await pasted(html(content), document);
        await pasted((client) => client.select(1, 4).view.pasteHTML(content), document);
        closeEditors();
      }
    }
  }, 60_000);

  it('is taken by the server in tables, too, and leaves their cells', async () => {
    const start = page(...table(['ab', 'cd'], ['ef', null]));
    for (const content of ODD_HTML) {
      for (const [from, to] of [[1, 1], [1, 4], [0, 8]] as const) {
        const a = await EditorClient.open(new ModelServer(start));
        a.select(from, to).view.pasteHTML(content);
        a.settle();
        a.check();
        expect(tables(a).map((rows) => rows.map((row) => row.length))).toEqual([[2, 2]]);
        closeEditors();
      }
    }
  }, 60_000);
});

describe('pasted text', () => {
  it('loses carriage returns, control characters and half characters', async () => {
    expect(await pasted(plain('a\r\nb\u0000\u001b\ud83d\rc\td'))).toEqual([{ insert: '<a\nb\nc\td>\n' }]);
  });

  it('is a step of its own for undo', async () => {
    const ops = await pasted((client) => {
      client.type('typed ');
      client.view.pasteText('pasted');
      client.type(' typed').press('Mod-z', 'Mod-z');
    });
    expect(ops).toEqual([{ insert: '<typed >\n' }]);
  });

  it('over a word makes a link of it when it is an address', async () => {
    expect(await pasted((client) => client.select(0, 2).view.pasteText('https://a.b/'))).toEqual([
      { insert: '<>', attributes: { link: 'https://a.b/' } },
      { insert: '\n' },
    ]);
    expect(await pasted((client) => client.select(0, 2).view.pasteText('javascript:x'))).toEqual([{ insert: 'javascript:x\n' }]);
  });
});
