// @vitest-environment happy-dom
import Delta, { type Op } from 'quill-delta';
import { afterEach, describe, expect, it } from 'vitest';
import { closeEditors, EditorClient } from '../testing/editor';
import { ODD_HTML } from '../testing/html';
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

  it('makes lines of a table', async () => {
    const table = '<table><tr><th>a</th><th><b>b</b></th></tr><tr><td><p>c</p></td><td>d</td></tr></table>';
    expect(await pasted(html(table))).toEqual([{ insert: '<a\tb\nc\td>\n' }]);
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
  }, 20_000);
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
