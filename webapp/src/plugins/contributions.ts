import type { Editor } from '@tiptap/core';
import { PageFormats } from '../document';
import type { Command, EditorContext, PageInfo, Panel, Picker, Shortcut, SlashEntry, ToolbarEntry } from '../sdk';
import type { Faults, Part } from './faults';
import type { LivePage } from '../sync';
import { guardedFormats } from './guarded-formats';
import { ALONE, liveContext, tellDeclined, type LiveContext } from './live';
import type { LoadedModule } from './loading';
import { inOrder } from './order';

/** Makes what a contribution of a module is given. */
export type ContextOf = (module: LoadedModule, editor: Editor) => EditorContext;

/** An entry with the module that brings it. */
export interface Owned<E> {
  /** Its name among all: `<plugin>/<name>`. */
  readonly key: string;
  readonly module: LoadedModule;
  readonly entry: E;
}

/** All that the plugins of a page bring to the editor, each kind in its order, and the ways to run it safely. */
export class Contributions {
  readonly formats: PageFormats;
  readonly toolbar: readonly Owned<ToolbarEntry>[];
  readonly slash: readonly Owned<SlashEntry>[];
  readonly shortcuts: readonly Owned<Shortcut>[];
  readonly pickers: readonly Owned<Picker>[];
  readonly panels: readonly Owned<Panel>[];

  private readonly live: ReadonlyMap<string, LiveContext>;

  /** Without `live` nobody else is on the page. */
  constructor(
    modules: readonly LoadedModule[],
    private readonly page: PageInfo,
    readonly faults: Faults,
    live: LivePage = ALONE,
  ) {
    const plugins = modules.map(({ plugin }) => plugin);
    this.live = new Map(plugins.map((plugin) => [plugin, liveContext(plugin, live, faults)]));
    tellDeclined(live, plugins, faults);
    const byPlugin = [...modules].sort((a, b) => (a.plugin < b.plugin ? -1 : a.plugin > b.plugin ? 1 : 0));
    const all = <E>(entriesOf: (module: LoadedModule) => readonly E[] | undefined, nameOf: (entry: E) => string): Owned<E>[] =>
      byPlugin.flatMap((module) => (entriesOf(module) ?? []).map((entry) => ({ key: `${module.plugin}/${nameOf(entry)}`, module, entry })));
    this.formats = new PageFormats(guardedFormats(byPlugin, faults, this.contextOf));
    this.toolbar = inOrder(all(({ brings }) => brings.toolbar, ({ name }) => name));
    this.slash = inOrder(all(({ brings }) => brings.slash, ({ name }) => name));
    this.panels = inOrder(all(({ brings }) => brings.panels, ({ name }) => name));
    this.shortcuts = all(({ brings }) => brings.shortcuts, ({ keys }) => keys);
    this.pickers = all(({ brings }) => brings.pickers, ({ trigger }) => trigger);
  }

  /** What a contribution of a module is given. */
  readonly contextOf: ContextOf = ({ plugin, assets }, editor) => ({
    editor,
    page: this.page,
    plugin,
    assets,
    ...(this.live.get(plugin) ?? liveContext(plugin, ALONE, this.faults)),
  });

  /** Runs a command of a module by its name. */
  runNamed(module: LoadedModule, name: string, editor: Editor): void {
    const command = module.brings.commands?.[name];
    if (command !== undefined) this.run(commandPart(module, name), command, module, editor);
  }

  /** Runs something of a module on behalf of the user. */
  run(part: Part, command: Command, module: LoadedModule, editor: Editor): void {
    this.faults.run(part, () => command(this.contextOf(module, editor)), undefined);
  }
}

/** A command, as it is named to the user. */
export function commandPart({ plugin }: LoadedModule, name: string): Part {
  return { plugin, what: `the command “${name}”` };
}
