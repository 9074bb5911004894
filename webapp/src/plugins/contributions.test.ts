// @vitest-environment happy-dom
import Delta from 'quill-delta';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EditorPlugin, Ordered } from '../sdk';
import { closeEditors, EditorClient, turn } from '../testing/editor';
import { ModelServer } from '../testing/server';
import { Contributions } from './contributions';
import { Faults } from './faults';
import type { LoadedModule } from './loading';
import { inOrder } from './order';

const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);

afterEach(() => {
  closeEditors();
  log.mockClear();
});

function moduleOf(brings: EditorPlugin): LoadedModule {
  return { plugin: brings.id, assets: `/plugins/${brings.id}/1a2b3c4d/`, brings };
}

function contributions(...plugins: EditorPlugin[]): Contributions {
  return new Contributions(plugins.map(moduleOf), { id: 'page', title: 'Page' }, new Faults());
}

function texts({ faults }: Contributions): string[] {
  return faults.getSnapshot().map(({ text }) => text);
}

describe('the order of entries', () => {
  const order = (entries: Record<string, Ordered>): string => inOrder(Object.entries(entries).map(([key, entry]) => ({ key, entry }))).map(({ key }) => key).join('');

  it('is by number, then as they come, then beside those that they name', () => {
    expect(order({ a: {}, b: { order: 5 }, c: {}, d: { order: 200 } })).toBe('bacd');
    expect(order({ a: { after: 'c' }, b: {}, c: {} })).toBe('bca');
    expect(order({ a: {}, b: {}, c: { before: 'a' } })).toBe('cab');
    expect(order({ a: { after: 'b' }, b: { after: 'c' }, c: {}, d: {} })).toBe('cbad');
    expect(order({ a: {}, b: { after: 'a' }, c: { after: 'a' } })).toBe('abc');
    expect(order({ a: { before: 'gone' }, b: { after: 'b' }, c: { before: 'd' }, d: { before: 'c' } })).toHaveLength(4);
  });

  it('is by the plugin first where nothing is said', () => {
    const panel = (name: string) => ({ name, title: name, mount: () => undefined });
    const { panels } = contributions({ id: 'b', panels: [panel('x')] }, { id: 'a', panels: [panel('z'), panel('y')] });
    expect(panels.map(({ key }) => key)).toEqual(['a/z', 'a/y', 'b/x']);
  });
});

describe('a contribution that throws', () => {
  it('is told once, switched off after three errors, and leaves others alone', async () => {
    const commands = {
      bad: vi.fn(() => {
        throw new Error('not today.');
      }),
      good: vi.fn(),
    };
    const all = contributions({ id: 'p', commands });
    const [module] = [moduleOf({ id: 'p', commands })];
    const { editor } = await EditorClient.open(new ModelServer());
    for (let i = 0; i < 5; i++) all.runNamed(module, 'bad', editor);
    all.runNamed(module, 'good', editor);
    expect(commands.bad).toHaveBeenCalledTimes(3);
    expect(commands.good).toHaveBeenCalledExactlyOnceWith(all.contextOf(module, editor));
    expect(texts(all)).toEqual([
      'The command “bad” of the plugin “p” failed: not today.',
      'The command “bad” of the plugin “p” failed again and is switched off until the page is loaded anew.',
    ]);
    const [first] = all.faults.getSnapshot();
    if (first !== undefined) all.faults.dismiss(first);
    expect(texts(all)).toHaveLength(1);
  });

  it('is heard of when it fails later', async () => {
    const all = contributions({ id: 'p', commands: { slow: () => Promise.reject(new Error('too late')) } });
    const told = vi.fn();
    all.faults.subscribe(told);
    const { editor } = await EditorClient.open(new ModelServer());
    all.runNamed(moduleOf({ id: 'p', commands: { slow: () => Promise.reject(new Error('too late')) } }), 'slow', editor);
    await turn();
    expect(texts(all)).toEqual(['The command “slow” of the plugin “p” failed: too late.']);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('is known by the address of its code when nobody ran it', () => {
    const all = contributions();
    const end = all.faults.watch(window, [{ plugin: 'p', assets: '/plugins/p/1a2b3c4d/' }]);
    window.dispatchEvent(new ErrorEvent('error', { filename: 'http://wiki/plugins/p/1a2b3c4d/p.js', error: new Error('in a click') }));
    window.dispatchEvent(new ErrorEvent('error', { filename: 'http://wiki/assets/x.js', error: new Error('ours') }));
    end();
    window.dispatchEvent(new ErrorEvent('error', { filename: 'http://wiki/plugins/p/1a2b3c4d/p.js', error: new Error('again') }));
    expect(texts(all)).toEqual(['Something of the plugin “p” failed: in a click.']);
  });

  it('shows a format by its name, keeps what is stored, and typing goes on', async () => {
    const fails = (): never => {
      throw new Error('no');
    };
    const all = contributions({
      id: 'p',
      inline: [{ name: 'p', allows: () => true, show: fails }],
      lines: [{ name: 'p-line', allows: () => true, show: fails }],
      embeds: [
        { name: 'p-embed', allows: () => true, show: () => ({ tag: 'not a tag' }) },
        { name: 'p-view', allows: () => true, show: () => ({ tag: 'b', text: 'shown' }), view: fails },
        { name: 'p-rule', allows: fails, show: fails },
      ],
    });
    const document = new Delta().insert('ab', { p: 1 }).insert({ 'p-embed': 1 }).insert({ 'p-view': 2 }).insert({ 'p-rule': 3 }).insert('\n', { 'p-line': 1 });
    const server = new ModelServer(document, all.formats);
    const client = await EditorClient.open(server, 'a', all.formats);
    client.select(1).type('xyz').press('Enter').type('more');
    client.check();
    client.settle();
    expect(server.document().ops).toEqual(client.shown.ops);
    expect(client.shown.ops.map(({ insert }) => insert)).toEqual(['axyz', '\n', 'moreb', { 'p-embed': 1 }, { 'p-view': 2 }, { 'p-rule': 3 }, '\n']);
    expect(client.view.dom.textContent).toContain('moreb[p-embed]shown[p-rule]');
    expect(new Set(texts(all).map((text) => text.split(' of ')[0]))).toEqual(
      new Set(['The format “p”', 'The format “p-line”', 'The format “p-embed”', 'The format “p-view”', 'The format “p-rule”']),
    );
  });
});
