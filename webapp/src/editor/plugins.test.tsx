// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { MantineProvider } from '@mantine/core';
import Delta from 'quill-delta';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUILT_IN } from '../document';
import { Contributions, Faults, loadModules } from '../plugins';
import { definePlugin, type EditorContext, type EditorPlugin } from '../sdk';
import { DeviceJournal } from '../journal';
import { Offers } from '../sync';
import { PageSession } from '../sync/PageSession';
import type { SessionEvent } from '../sync/events';
import { ModelConnection } from '../testing/connection';
import { PLUGIN_FORMATS, WITH_PLUGINS } from '../testing/plugin-formats';
import { ModelServer } from '../testing/server';
import { EditorPage } from './EditorPage';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

// What browsers have to scroll to a caret.
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;

let root: Root | null = null;

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => {
  act(() => root?.unmount());
  document.body.replaceChildren();
  localStorage.clear();
  vi.restoreAllMocks();
});

/** A connection to the model server that tells a session what happens. */
class Connection extends ModelConnection {
  readonly session: PageSession;
  private report: (event: SessionEvent) => void = () => undefined;

  constructor(server: ModelServer) {
    super(server);
    this.session = new PageSession({ client: 'a', random: () => 0.5 }, (report) => {
      this.report = report;
      return this;
    }, () => this.now);
  }

  override event(event: SessionEvent): void {
    this.report(event);
  }
}

/** Opens a page's whole editor with these modules, each an export, what its import fails with, or what it is later. */
async function open(modules: Record<string, EditorPlugin | Error | Promise<unknown>>, text = new Delta().insert('\n'), formats = BUILT_IN): Promise<ModelServer> {
  const faults = new Faults();
  const server = new ModelServer(text, formats);
  const connection = new Connection(server);
  const entries = Object.keys(modules).map((plugin) => ({ plugin, version: '1.0.0', module: `/plugins/${plugin}/0a/front.js`, styles: [] }));
  const contributions = loadModules(entries, faults, {
    importModule: (address) => {
      const brought = modules[address.split('/')[2] ?? ''];
      if (brought instanceof Promise) return brought;
      return brought instanceof Error ? Promise.reject(brought) : Promise.resolve({ default: brought });
    },
    timeOut: 20_000,
  }).then((loaded) => new Contributions(loaded, { id: 'p1', title: 'Page' }, faults, connection.session.live));
  const created = createRoot(document.body.appendChild(document.createElement('div')));
  root = created;
  const draw = (): void =>
    created.render(
      <MantineProvider env="test">
        <EditorPage session={connection.session} offers={new Offers(new DeviceJournal())} page="p1" title="Page" nonce="" contributions={contributions} faults={faults} />
      </MantineProvider>,
    );
  await act(async () => {
    draw();
    if (!Object.values(modules).some((module) => module instanceof Promise)) await contributions;
  });
  await act(async () => connection.session.start());
  // Drawn again while it waits for the server.
  await act(async () => draw());
  await act(async () => connection.settle());
  settle = () => act(async () => connection.settle());
  return server;
}

let settle: () => Promise<void> = async () => undefined;

/** A plugin that hands its context out, to type with the editor. */
const spy: { context?: EditorContext } = {};
const SPY: EditorPlugin = definePlugin({
  id: 'spy',
  toolbar: [{ name: 'spy', label: 'Spy', icon: { text: 'S' }, command: 'spy' }],
  commands: { spy: (context) => void (spy.context = context) },
});

function find(role: string, name: string): HTMLElement | undefined {
  const named = (element: HTMLElement): boolean => (element.getAttribute('aria-label') ?? element.textContent) === name;
  return [...document.querySelectorAll<HTMLElement>(role)].find(named);
}

async function press(element: HTMLElement | undefined): Promise<void> {
  if (element === undefined) throw new Error('not there');
  await act(async () => element.click());
}

async function editor(): Promise<EditorContext['editor']> {
  await press(find('button', 'Spy'));
  if (spy.context === undefined) throw new Error('no context');
  return spy.context.editor;
}

async function type(text: string): Promise<void> {
  const { view } = await editor();
  for (const char of text) {
    await act(async () => {
      const { from, to } = view.state.selection;
      const plain = () => view.state.tr.insertText(char);
      if (view.someProp('handleTextInput', (handle) => handle(view, from, to, char, plain)) !== true) view.dispatch(plain());
    });
  }
}

async function key(name: string): Promise<void> {
  const { view } = await editor();
  const parts = name.split('-');
  const event = new KeyboardEvent('keydown', { key: parts.at(-1) ?? '', ctrlKey: parts.includes('Mod'), shiftKey: parts.includes('Shift'), bubbles: true, cancelable: true });
  await act(async () => void view.dom.dispatchEvent(event));
}

function options(): string[] {
  return [...document.querySelectorAll('[role=listbox] [role=option]')].map(({ firstChild }) => firstChild?.textContent ?? '');
}

function text(): HTMLElement {
  const found = document.querySelector<HTMLElement>('.ProseMirror');
  if (found === null) throw new Error('no editor');
  return found;
}

function notices(): string {
  return [...document.querySelectorAll('.editor-notice')].map(({ textContent }) => textContent).join('\n');
}

describe('the slash menu', () => {
  it('offers the blocks of the wiki, filters by what is typed, and does what Enter chooses', async () => {
    const server = await open({ spy: SPY });
    await type('/');
    expect(options()).toEqual(expect.arrayContaining(['Heading 1', 'Check list', 'Quote', 'Code block', 'Table', 'Divider', 'Warning callout']));
    await type('head');
    expect(options()).toEqual(['Heading 1', 'Heading 2', 'Heading 3']);
    await key('ArrowDown');
    expect(text().getAttribute('aria-activedescendant')).toBe('editor-menu-1');
    expect(document.getElementById('editor-menu-1')?.getAttribute('aria-selected')).toBe('true');
    await key('Enter');
    await settle();
    expect(server.document().ops).toEqual([{ insert: '\n', attributes: { header: 2 } }]);
    expect(options()).toEqual([]);
    expect(text().hasAttribute('aria-activedescendant')).toBe(false);
  });

  it('makes each of the blocks', async () => {
    const server = await open({ spy: SPY });
    for (const [typed, made] of [['todo', { list: 'unchecked' }], ['quote', { blockquote: true }], ['warning', { callout: 'warning' }], ['code', { 'code-block': true }]] as const) {
      await type(`/${typed}`);
      await key('Enter');
      await settle();
      expect(server.document().ops.at(-1)?.attributes).toMatchObject(made);
      const at = await editor();
      await act(async () => void at.chain().unsetBlockquote().unsetCallout().run());
    }
    await type('/quote');
    expect(options()).toEqual([]);
  });

  it('puts a table and a divider in the place of what was typed', async () => {
    const server = await open({ spy: SPY });
    await type('/table');
    await key('Enter');
    await settle();
    expect(server.document().length()).toBe(10);
    expect(text().querySelectorAll('td, th')).toHaveLength(9);
    await type('/divider');
    await key('Enter');
    expect(text().querySelectorAll('[role=separator]')).toHaveLength(1);
    expect(text().textContent).toBe('');
  });

  it('closes with Escape and stays closed, and opens only behind a space', async () => {
    await open({ spy: SPY });
    await type('/ta');
    expect(options()).toEqual(['Table', 'Check list']);
    await key('Escape');
    expect(options()).toEqual([]);
    await type('b');
    expect(options()).toEqual([]);
    await type(' and/or');
    expect(options()).toEqual([]);
    await type(' /tab');
    await press(find('[role=option]', 'Table'));
    expect(text().querySelector('table')).not.toBeNull();
    expect(text().textContent).toBe('/tab and/or ');
  });

  it('does not open for what others type', async () => {
    const server = await open({ spy: SPY });
    const shown = await editor();
    server.save(new Delta().insert('/'));
    await settle();
    expect(shown.state.doc.textContent).toBe('/');
    expect(options()).toEqual([]);
  });
});

describe('entries of plugins', () => {
  it('stand in the slash menu, in the toolbar and behind keys, and run their command', async () => {
    const mark = vi.fn(({ editor: at }: EditorContext) => at.commands.insertContent('*'));
    await open({
      spy: SPY,
      stars: definePlugin({
        id: 'stars',
        commands: { mark },
        toolbar: [{ name: 'mark', label: 'Star', icon: { path: 'M4 4h16' }, command: 'mark', before: 'spy/spy', isActive: ({ editor: at }) => at.state.doc.textContent.includes('*') }],
        slash: [{ name: 'mark', title: 'Star', description: 'A star.', keywords: ['asterisk'], command: 'mark' }],
        shortcuts: [{ keys: 'Mod-Shift-x', command: 'mark' }, { keys: 'Mod-b', command: 'mark' }],
      }),
    });
    const labels = [...document.querySelectorAll('[role=toolbar] button')].map((button) => button.getAttribute('aria-label'));
    expect(labels.indexOf('Star')).toBe(labels.indexOf('Spy') - 1);
    expect(labels.indexOf('Star')).toBeGreaterThan(labels.indexOf('Insert table'));
    await type('/aster');
    expect(options()).toEqual(['Star']);
    await key('Tab');
    expect(text().textContent).toBe('*');
    expect(find('[role=toolbar] button', 'Star')?.getAttribute('aria-pressed')).toBe('true');
    await press(find('[role=toolbar] button', 'Star'));
    await key('Mod-Shift-x');
    expect(text().textContent).toBe('***');
    await key('Mod-b');
    expect(mark).toHaveBeenCalledTimes(3);
    expect(mark.mock.lastCall?.[0]).toMatchObject({ plugin: 'stars', page: { id: 'p1', title: 'Page' }, assets: '/plugins/stars/0a/' });
  });

  it('enter formats, which are shown and sent', async () => {
    const badge = definePlugin({
      id: 'badge',
      embeds: PLUGIN_FORMATS.embeds.map(({ view: _view, ...format }) => format),
      commands: { insert: ({ editor: at }) => at.commands.insertEmbed('badge', 'new') },
      slash: [{ name: 'badge', title: 'Badge', command: 'insert' }],
    });
    const server = await open({ spy: SPY, badge }, undefined, WITH_PLUGINS);
    await type('a /badge');
    await key('Enter');
    await settle();
    expect(server.document().ops).toEqual([{ insert: 'a ' }, { insert: { badge: 'new' } }, { insert: '\n' }]);
    expect(text().querySelector('span.badge')?.textContent).toBe('new');
  });

  it('open menus of their own, whose choices may come later or not at all', async () => {
    const signals: AbortSignal[] = [];
    await open({
      spy: SPY,
      people: definePlugin({
        id: 'people',
        pickers: [{
          trigger: '@',
          label: 'People',
          choices: async (query, _context, signal) => {
            signals.push(signal);
            if (query === 'x') throw new Error('no list');
            return ['Ann', 'Bob'].filter((name) => name.toLowerCase().startsWith(query)).map((title) => ({ title, choose: ({ editor: at }) => at.commands.insertContent(title) }));
          },
        }],
      }),
    });
    await type('@');
    expect(options()).toEqual(['Ann', 'Bob']);
    expect(document.querySelector('[role=listbox]')?.getAttribute('aria-label')).toBe('People');
    await type('b');
    expect(options()).toEqual(['Bob']);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    await key('Enter');
    expect(text().textContent).toBe('Bob');
    await type(' @x');
    expect(options()).toEqual([]);
    expect(notices()).toContain('The menu behind “@” of the plugin “people” failed: no list.');
  });

  it('fill panels that open and close, and are open again next time', async () => {
    const unmount = vi.fn();
    const panels = (label: string) => [{ name: 'terms', title: 'Terms', mount: (element: HTMLElement) => ((element.textContent = label), unmount) }];
    await open({ spy: SPY, terms: definePlugin({ id: 'terms', panels: panels('first') }) });
    const button = () => find('[role=group] button', 'Terms');
    expect(button()?.getAttribute('aria-expanded')).toBe('false');
    expect(localStorage).toHaveLength(0);
    await press(button());
    expect(button()?.getAttribute('aria-expanded')).toBe('true');
    expect(find('aside', 'Terms')?.textContent).toContain('first');
    act(() => root?.unmount());
    expect(unmount).toHaveBeenCalledTimes(1);
    document.body.replaceChildren();
    await open({ spy: SPY, terms: definePlugin({ id: 'terms', panels: panels('again') }) });
    expect(find('aside', 'Terms')?.textContent).toContain('again');
    await press(find('aside button', 'Close Terms'));
    expect(find('aside', 'Terms')).toBeUndefined();
    expect(unmount).toHaveBeenCalledTimes(2);
    expect(localStorage).toHaveLength(0);
  });
});

describe('modules and the others on the page', () => {
  it('see who is there and what they show, and talk with their plugin', async () => {
    const mount = (element: HTMLElement, { presence, messages }: EditorContext) => {
      const draw = (): void =>
        void (element.textContent = presence.people().map(({ user, values }) => `${user.name} ${String(values['terms'])}`).join(', '));
      const ends = [presence.subscribe(draw), messages.subscribe((value) => messages.send({ heard: value }))];
      presence.set('terms', 'reads');
      draw();
      return () => ends.forEach((end) => end());
    };
    const server = await open({ terms: definePlugin({ id: 'terms', panels: [{ name: 'terms', title: 'Terms', mount }] }) });
    await press(find('[role=group] button', 'Terms'));
    await settle();
    const other = server.connect();
    server.receive(other, { t: 'join', client: 'b', rev: null });
    server.receive(other, { t: 'presence', field: 'terms', value: 'writes' });
    server.tell('terms', 7);
    await settle();
    expect(find('aside', 'Terms')?.textContent).toContain('user b writes');
    expect(server.said).toEqual([{ client: 'a', plugin: 'terms', value: { heard: 7 } }]);
    expect(other.toClient).toContain(JSON.stringify({ t: 'presence', client: 'a', field: 'terms', value: 'reads' }));
    await press(find('aside button', 'Close Terms'));
    server.tell('terms', 8);
    await settle();
    expect(server.said).toHaveLength(1);
  });
});

describe('modules that come later than the document', () => {
  it('hold up nothing but the text, which then can be edited', async () => {
    let come: (module: unknown) => void = () => undefined;
    const late = new Promise<unknown>((resolve) => (come = resolve));
    const server = await open({ spy: late }, new Delta().insert('text\n'));
    expect(document.querySelector('.ProseMirror')).toBeNull();
    await act(async () => come({ default: SPY }));
    expect(text().textContent).toBe('text');
    expect(text().getAttribute('contenteditable')).toBe('true');
    await type('more ');
    await settle();
    expect(server.document().ops).toEqual([{ insert: 'more text\n' }]);
  });
});

describe('what fails', () => {
  it('is named, and everything else works', async () => {
    const server = await open({ spy: SPY, broken: new Error('nobody is at home') });
    expect(notices()).toContain('The part of the plugin “broken” for the editor is missing: its module failed to load: nobody is at home.');
    expect(find('button', 'Load the page again')).toBeDefined();
    expect(text().getAttribute('contenteditable')).toBe('true');
    await type('text');
    await settle();
    expect(server.document().ops).toEqual([{ insert: 'text\n' }]);
    await press(find('button', 'Close this notice'));
    expect(notices()).toBe('');
  });

  it('later is told once and switched off, and typing goes on', async () => {
    const fails = vi.fn((): never => {
      throw new Error('cannot');
    });
    const server = await open({
      spy: SPY,
      bad: definePlugin({
        id: 'bad',
        commands: { fail: fails },
        toolbar: [{ name: 'fail', label: 'Fail', icon: { text: 'F' }, command: 'fail', isActive: fails }],
        slash: [{ name: 'fail', title: 'Fail', command: 'fail' }],
        panels: [{ name: 'fail', title: 'Failing', mount: fails }],
      }),
    });
    expect(notices()).toContain('The control “Fail” of the plugin “bad” failed: cannot.');
    await press(find('[role=group] button', 'Failing'));
    expect(find('aside', 'Failing')?.textContent).toContain('does not work');
    expect(notices()).toContain('The panel “Failing” of the plugin “bad” failed: cannot.');
    await type('/fail');
    await key('Enter');
    for (let i = 0; i < 2; i++) await press(find('[role=toolbar] button', 'Fail'));
    expect(notices()).toContain('The command “fail” of the plugin “bad” failed again and is switched off');
    expect((find('[role=toolbar] button', 'Fail') as HTMLButtonElement).disabled).toBe(true);
    await type('/fail');
    expect(options()).toEqual([]);
    await settle();
    expect(server.document().ops).toEqual([{ insert: '/fail\n' }]);
  });
});
