// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { definePlugin } from '../sdk';
import { Faults } from './faults';
import { loadModules, type LoadedModule } from './loading';
import { moduleEntries, type ModuleEntry } from './module-entries';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function entry(plugin: string): ModuleEntry {
  return { plugin, version: '1.0.0', module: `/plugins/${plugin}/1a2b3c4d/front/${plugin}.js`, styles: [] };
}

interface Outcome {
  loaded: readonly LoadedModule[];
  told: string[];
}

/** Loads modules that come as these promises say; what hangs is waited for. */
async function load(modules: Record<string, () => Promise<unknown>>): Promise<Outcome> {
  const faults = new Faults();
  const loading = loadModules(Object.keys(modules).map((name) => entry(name.replace(/ .*/, ''))), faults, {
    importModule: inTurn(Object.values(modules)),
    timeOut: 5_000,
  });
  await vi.advanceTimersByTimeAsync(5_000);
  return { loaded: await loading, told: faults.getSnapshot().map(({ text }) => text) };
}

function inTurn(modules: (() => Promise<unknown>)[]): () => Promise<unknown> {
  let at = 0;
  return () => modules[at++]?.() ?? Promise.reject(new Error('asked too often'));
}

/** A module that exports this. */
function exporting(exported: unknown): () => Promise<unknown> {
  return () => Promise.resolve({ default: exported });
}

const format = { allows: () => true, show: () => ({ tag: 'i' }) };
const good = exporting(definePlugin({ id: 'good', inline: [{ name: 'good', ...format }] }));

describe('modules of plugins', () => {
  it('are those that the page names', () => {
    expect(moduleEntries(document)).toEqual([]);
    document.body.innerHTML = `<script type="application/json" id="editor-modules">${JSON.stringify([entry('a')])}</script>`;
    expect(moduleEntries(document)).toEqual([entry('a')]);
  });

  it('are loaded beside those that fail, hang or throw', async () => {
    const { loaded, told } = await load({
      gone: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
      odd: () => Promise.reject(new SyntaxError('Unexpected token }')),
      throwing: () => Promise.reject(new Error('I am broken.')),
      hanging: () => new Promise(() => undefined),
      good,
    });
    expect(loaded.map(({ plugin, assets }) => [plugin, assets])).toEqual([['good', '/plugins/good/1a2b3c4d/']]);
    expect(told).toEqual([
      'The part of the plugin “gone” for the editor is missing: its module failed to load: Failed to fetch dynamically imported module. Everything else works.',
      'The part of the plugin “odd” for the editor is missing: its module is not right: Unexpected token }. Everything else works.',
      'The part of the plugin “throwing” for the editor is missing: its module failed to load: I am broken. Everything else works.',
      'The part of the plugin “hanging” for the editor is missing: its module was not there within 5 seconds. Everything else works.',
    ]);
  });

  it.each<[string, unknown, string]>([
    ['no object', undefined, 'its default export must be what definePlugin makes of an object'],
    ['a function', () => undefined, 'its default export must be what definePlugin makes of an object'],
    ['another id', { id: 'other' }, 'its id is “other” where the plugin\'s is “p”'],
    ['no list', { id: 'p', panels: {} }, 'panels must be a list'],
    ['no function', { id: 'p', commands: { a: 'b' } }, 'commands.a must be a function'],
    ['a format by a foreign name', { id: 'p', lines: [{ name: 'q', ...format }] }, 'its format “q” must be named “p” or begin with “p-”'],
    ['a format without a rule', { id: 'p', embeds: [{ name: 'p', show: format.show }] }, 'embeds[0].allows is missing'],
    ['a wrong selector', { id: 'p', inline: [{ name: 'p', ...format, parse: [{ selector: '[', value: () => 1 }] }] }, 'inline[0].parse[0].selector must be a selector of CSS'],
    ['an unknown command', { id: 'p', slash: [{ name: 's', title: 'S', command: 'x' }] }, 'it has no command “x”'],
    ['keys that are none', { id: 'p', commands: { x: () => 1 }, shortcuts: [{ keys: 'Mod+x', command: 'x' }] }, 'shortcuts[0].keys must be keys such as Mod-Shift-g'],
    ['the trigger of the slash menu', { id: 'p', pickers: [{ trigger: '/', label: 'P', choices: () => [] }] }, 'pickers[0].trigger must be one sign, and not /'],
    ['a name twice', { id: 'p', panels: [{ name: 'a', title: 'A', mount: () => undefined }, { name: 'a', title: 'B', mount: () => undefined }] }, 'it has two of the name “a”'],
  ])('are refused with one reason: %s', async (_what, exported, reason) => {
    const { loaded, told } = await load({ p: exporting(exported) });
    expect(loaded).toEqual([]);
    expect(told).toEqual([`The part of the plugin “p” for the editor is missing: ${reason}. Everything else works.`]);
  });

  it('have no names that are built in, and none of another module', async () => {
    const { loaded, told } = await load({
      table: exporting({ id: 'table', embeds: [{ name: 'table', ...format }] }),
      good,
      'good again': exporting({ id: 'good', lines: [{ name: 'good', ...format }] }),
      'good more': exporting({ id: 'good', lines: [{ name: 'good-line', ...format }] }),
    });
    expect(loaded.map(({ brings }) => Object.keys(brings).at(-1))).toEqual(['inline', 'lines']);
    expect(told).toEqual([
      expect.stringContaining('its format “table” has the name of one that is built in'),
      expect.stringContaining('another module has a format “good” already'),
    ]);
  });
});
