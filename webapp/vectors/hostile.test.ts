// @vitest-environment happy-dom
import { DOMSerializer } from '@tiptap/pm/model';
import canonicalize from 'canonicalize';
import Delta, { type Op } from 'quill-delta';
import { afterEach, describe, expect, it } from 'vitest';
import stored from '../../plugin-api/src/test/resources/vectors/hostile.json?raw';
import { BUILT_IN, documentSchema, isLink, lines, linesOf, tree } from '../src/document';
import { allowedChange } from '../src/document/allowed';
import { readFrame } from '../src/sync/frames';
import { closeEditors, EditorClient } from '../src/testing/editor';
import { changeFault } from '../src/testing/rules';
import { ModelServer } from '../src/testing/server';

/*
 * What somebody may send who means harm, as the server's tests have it. Here it comes past every
 * check of the server, or from the clipboard: no reader of the page is harmed, and nothing of it goes
 * to the server that the server refuses.
 */

type Values = Readonly<Record<string, unknown>>;

interface Hostile {
  readonly name: string;
  readonly delta: unknown;
  readonly expect: 'refused' | 'harmless';
}

const CASES = JSON.parse(stored) as Hostile[];
const SCHEMA = documentSchema();
const ELEMENTS = 'p h1 h2 h3 ul ol li label input pre code blockquote br a strong em u s span div table tbody tr th td'.split(' ');
const TITLES = ['This link is not allowed', 'This content belongs to an extension that is not installed. It is kept.'];
const ATTRIBUTES: Readonly<Record<string, (value: string) => boolean>> = {
  'href': isLink,
  'rel': (value) => value === 'noopener noreferrer nofollow',
  'class': (value) => /^([a-z]+(-[a-z]+)*|language-[A-Za-z0-9+#._-]+|ProseMirror-trailingBreak| )+$/.test(value),
  'title': (value) => TITLES.includes(value),
  'role': (value) => ['note', 'separator'].includes(value),
  'aria-label': (value) => /^[A-Za-z ]+$/.test(value),
  'type': (value) => value === 'checkbox',
  'checked': () => true,
  'contenteditable': (value) => value === 'false',
  'scope': (value) => value === 'col',
  'data-type': (value) => ['taskList', 'taskItem'].includes(value),
  'data-checked': (value) => ['true', 'false'].includes(value),
  'data-indent': (value) => /^[1-8]$/.test(value),
  'data-skip': (value) => /^[1-8]$/.test(value),
  'data-column': (value) => /^[\w-]{1,32}$/.test(value),
  'data-divider': (value) => value === '',
  'data-gap': (value) => value === '',
};

function isFields(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function opsOf(delta: unknown): readonly Values[] {
  return Array.isArray(delta) ? delta.filter(isFields) : [];
}

function expectHarmless(root: ParentNode): void {
  for (const element of root.querySelectorAll('*')) {
    expect(ELEMENTS).toContain(element.localName);
    for (const { name, value } of element.attributes) {
      expect(`${name}=${value}: ${String(ATTRIBUTES[name]?.(value) ?? false)}`).toBe(`${name}=${value}: true`);
    }
  }
}

function expectNothingSpread(): void {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(Reflect.get({}, 'header') ?? Reflect.get({}, 'bold') ?? Reflect.get({}, 'y')).toBeUndefined();
}

/** A change as it comes from a server; null when the client does not take it. */
function arriving(delta: unknown): Delta | null {
  const frame = readFrame(JSON.stringify({ t: 'op', rev: 1, client: 'x', seq: 1, delta }));
  return frame?.t === 'ops' ? (frame.ops[0]?.delta ?? null) : null;
}

/** Inserts of what a case holds, past every check: each attribute on text, on embeds and on newlines. */
function inserts(delta: unknown): unknown[] {
  return opsOf(delta).flatMap(({ insert, attributes }) => {
    const set = isFields(attributes) ? { attributes } : {};
    const embeds = isFields(insert) ? Object.keys(insert).map((type) => ({ insert: JSON.parse(`{${JSON.stringify(type)}:${JSON.stringify(insert[type])}}`) as Values })) : [];
    return [
      { insert: typeof insert === 'string' && insert !== '' ? insert : 'x', ...set },
      ...embeds.map((embed) => ({ ...embed, ...set })),
      { insert: '\n', ...set },
    ];
  });
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}

/** What a case may put on the clipboard: its text as markup and as text, its values as attributes. */
function* clipboard(delta: unknown): Iterable<string> {
  for (const { insert, attributes } of opsOf(delta)) {
    if (typeof insert === 'string') yield insert;
    for (const [name, value] of Object.entries(isFields(attributes) ? attributes : {}).slice(0, 4)) {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      yield text;
      yield `<p ${name}="${escaped(text)}"><span ${name}="${escaped(text)}">x</span></p>`;
      yield `<a href="${escaped(text)}">x</a>`;
      yield `<a href="${text}">x</a>`;
      yield `<pre><code class="language-${escaped(text)}">x</code></pre><p class="callout callout-${escaped(text)} align-${escaped(text)}">x</p>`;
      yield `<table><tr><th data-column="${escaped(text)}">x</th><td align="${escaped(text)}">y</td></tr></table>`;
    }
  }
}

afterEach(closeEditors);

describe('hostile input', () => {
  it.each(CASES)('that stands in a page harms no reader: $name', ({ delta }) => {
    const document = arriving([...inserts(delta), { insert: '\n' }]);
    expect(document).not.toBeNull();
    const doc = tree(lines(document as Delta), SCHEMA);
    doc.check();
    expectHarmless(DOMSerializer.fromSchema(SCHEMA).serializeFragment(doc.content) as unknown as ParentNode);
    expect(canonicalize(linesOf(doc).ops)).toBe(canonicalize((document as Delta).ops));
    expectNothingSpread();
  });

  it.each(CASES)('is not sent on: $name', ({ delta }) => {
    const page = new Delta().insert('\n');
    for (const change of [arriving(inserts(delta)), arriving(delta)]) {
      if (change === null || change.length() === 0 || change.ops.some(isBeyondAPage)) continue;
      const allowed = allowedChange(change, (from, to) => page.slice(from, to), BUILT_IN);
      expect(changeFault(page, allowed)).toBeNull();
    }
    expectNothingSpread();
  });

  it.each(CASES)('is harmless when it is pasted: $name', async ({ delta }) => {
    const server = new ModelServer(new Delta().insert('word\n'));
    const client = await EditorClient.open(server);
    for (const content of clipboard(delta)) {
      client.select(0, 3).view.pasteText(content);
      client.select(0, 1).view.pasteHTML(content);
      client.settle();
      client.check();
      expectHarmless(client.view.dom);
      const links = server.document().ops.map(({ attributes }) => attributes?.['link']).filter((link) => link !== undefined);
      expect(links.filter((link) => !isLink(link))).toEqual([]);
    }
    expect(client.shown.ops).toEqual(server.document().ops);
    expectNothingSpread();
  });
});

/** An editor changes nothing beyond its page, and never the newline that ends it but for its attributes. */
function isBeyondAPage(op: Op, index: number, ops: Op[]): boolean {
  const spanned = ops.slice(0, index + 1).reduce((sum, { insert, ...span }) => (insert === undefined ? sum + Delta.Op.length(span) : sum), 0);
  return op.delete !== undefined || spanned > 1 || (op.insert !== undefined && spanned > 0);
}
