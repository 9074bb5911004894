import * as v from 'valibot';
import { RESERVED_NAMES } from '../document';
import type { EditorPlugin } from '../sdk';

/*
 * Whether what a module exports is what the SDK says. Types are gone when a module is loaded, and not
 * everybody writes with them. Members that this editor does not know are left alone.
 */

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;
const FORMAT_NAME = /^[a-z][a-z0-9-]{0,63}$/;
const KEYS = /^(?:(?:Mod|Ctrl|Control|Alt|Shift|Meta|Cmd)-)*(?:[^\s-]|-|[A-Z][A-Za-z]+|F\d{1,2})$/;
const TRIGGER = /^[^\p{L}\p{N}\s/]$/u;

const text = v.pipe(v.string('must be a text'), v.nonEmpty('must not be empty'));
const run = v.function('must be a function');
const name = v.pipe(v.string('must be a text'), v.regex(NAME, 'must be lower-case letters, digits and hyphens'));
const format = { name: v.pipe(v.string('must be a text'), v.regex(FORMAT_NAME, 'must be lower-case letters, digits and hyphens')), allows: run, show: run };
const flag = v.optional(v.boolean('must be true or false'));
const place = { order: v.optional(v.number('must be a number')), before: v.optional(text), after: v.optional(text) };
const parse = v.optional(listOf({ selector: v.pipe(text, v.check(isSelector, 'must be a selector of CSS')), value: run }));

function isSelector(selector: string): boolean {
  try {
    return document.createElement('div').matches(selector) !== undefined;
  } catch {
    return false;
  }
}

function listOf<E extends v.ObjectEntries>(entries: E) {
  return v.array(v.object(entries, 'must be an object'), 'must be a list');
}

const Module = v.object(
  {
    id: text,
    inline: v.optional(listOf({ ...format, parse, inclusive: flag })),
    lines: v.optional(listOf({ ...format, parse, continues: flag })),
    embeds: v.optional(listOf({ ...format, parse, text: v.optional(run), view: v.optional(run) })),
    commands: v.optional(v.record(v.string(), run, 'must be an object of functions')),
    toolbar: v.optional(listOf({
      ...place, name, label: text, command: text, isActive: v.optional(run), isEnabled: v.optional(run),
      icon: v.union([v.object({ text }), v.object({ path: text })], 'must have a text or a path'),
    })),
    slash: v.optional(listOf({
      ...place, name, title: text, command: text, description: v.optional(text), keywords: v.optional(v.array(text, 'must be a list')),
    })),
    shortcuts: v.optional(listOf({ keys: v.pipe(text, v.regex(KEYS, 'must be keys such as Mod-Shift-g')), command: text })),
    pickers: v.optional(listOf({ trigger: v.pipe(text, v.regex(TRIGGER, 'must be one sign, and not /')), label: text, choices: run })),
    panels: v.optional(listOf({ ...place, name, title: text, mount: run })),
  },
  'must be what definePlugin makes of an object',
);

/** What is wrong with the default export of a plugin's module, as the end of a sentence about it; null when it can be used. */
export function shapeFault(exported: unknown, plugin: string): string | null {
  const { success, issues } = v.safeParse(Module, exported);
  if (!success) {
    const [{ path, input, message }] = issues;
    const where = (path ?? []).map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
    if (where === '') return `its default export ${message}`;
    return `${where.slice(1)} ${input === undefined ? 'is missing' : message}`;
  }
  const known = exported as EditorPlugin;
  if (known.id !== plugin) return `its id is “${known.id}” where the plugin's is “${plugin}”`;
  return formatFault(known) ?? commandFault(known) ?? repeatedName(known);
}

/** The formats of a module, in all three places. */
export function formatNames({ inline = [], lines = [], embeds = [] }: EditorPlugin): string[] {
  return [...inline, ...lines, ...embeds].map((each) => each.name);
}

function formatFault(plugin: EditorPlugin): string | null {
  for (const each of formatNames(plugin)) {
    if (each !== plugin.id && !each.startsWith(`${plugin.id}-`)) return `its format “${each}” must be named “${plugin.id}” or begin with “${plugin.id}-”`;
    if (RESERVED_NAMES.has(each)) return `its format “${each}” has the name of one that is built in`;
  }
  return null;
}

function commandFault({ commands = {}, toolbar = [], slash = [], shortcuts = [] }: EditorPlugin): string | null {
  const missing = [...toolbar, ...slash, ...shortcuts].find(({ command }) => !Object.hasOwn(commands, command));
  return missing === undefined ? null : `it has no command “${missing.command}”`;
}

function repeatedName({ toolbar = [], slash = [], panels = [], pickers = [], ...rest }: EditorPlugin): string | null {
  const kinds = [toolbar, slash, panels].map((entries) => entries.map((entry) => entry.name));
  for (const names of [...kinds, pickers.map(({ trigger }) => trigger), formatNames(rest)]) {
    const twice = names.find((each, i) => names.indexOf(each) !== i);
    if (twice !== undefined) return `it has two of the name “${twice}”`;
  }
  return null;
}
