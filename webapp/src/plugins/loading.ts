import type { EditorPlugin } from '../sdk';
import { reasonOf, type Faults } from './faults';
import { assetsOf, type ModuleEntry } from './module-entries';
import { formatNames, shapeFault } from './shape';

/** A plugin's module that was loaded and can be used. */
export interface LoadedModule {
  readonly plugin: string;
  /** Address of the plugin's files, ends with a slash. */
  readonly assets: string;
  readonly brings: EditorPlugin;
}

/** How modules are had; the browser's own ways unless told otherwise. */
export interface Loading {
  readonly importModule: (address: string) => Promise<unknown>;
  /** How long one module may take, in milliseconds. */
  readonly timeOut: number;
}

const IN_BROWSER: Loading = {
  importModule: (address) => import(/* @vite-ignore */ address) as Promise<unknown>,
  timeOut: 5_000,
};

/**
 * Loads modules at once, each by itself. One that cannot be had, or clashes with one before it, is told to
 * `faults` and left out.
 */
export async function loadModules(entries: readonly ModuleEntry[], faults: Faults, loading: Loading = IN_BROWSER): Promise<readonly LoadedModule[]> {
  const tried = await Promise.all(entries.map((entry) => load(entry, loading)));
  const loaded: LoadedModule[] = [];
  entries.forEach((entry, i) => {
    const result = tried[i] ?? 'it was not tried';
    const reason = typeof result === 'string' ? result : clash(result, loaded);
    if (reason !== null) faults.missing(entry.plugin, reason);
    else if (typeof result !== 'string') loaded.push({ plugin: entry.plugin, assets: assetsOf(entry), brings: result });
  });
  return loaded;
}

/** What a module brings, or why it cannot be had. */
async function load({ module, plugin }: ModuleEntry, { importModule, timeOut }: Loading): Promise<EditorPlugin | string> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`its module was not there within ${timeOut / 1000} seconds`), timeOut);
  });
  try {
    return await Promise.race([late, importModule(module).then((loaded) => brought(loaded, plugin))]);
  } catch (error) {
    return error instanceof SyntaxError ? `its module is not right: ${reasonOf(error)}` : `its module failed to load: ${reasonOf(error)}`;
  } finally {
    clearTimeout(timer);
  }
}

function brought(loaded: unknown, plugin: string): EditorPlugin | string {
  const exported: unknown = (loaded as { default?: unknown } | null)?.default;
  return shapeFault(exported, plugin) ?? (exported as EditorPlugin);
}

function clash(plugin: EditorPlugin, before: readonly LoadedModule[]): string | null {
  const formats = new Set(before.flatMap(({ brings }) => formatNames(brings)));
  const format = formatNames(plugin).find((name) => formats.has(name));
  if (format !== undefined) return `another module has a format “${format}” already`;
  const triggers = new Set(before.flatMap(({ brings: { pickers = [] } }) => pickers.map(({ trigger }) => trigger)));
  const picker = plugin.pickers?.find(({ trigger }) => triggers.has(trigger));
  if (picker !== undefined) return `another plugin has a menu behind “${picker.trigger}” already`;
  const own = before.filter(({ brings }) => brings.id === plugin.id);
  const isTaken = (kind: 'toolbar' | 'slash' | 'panels'): string | undefined =>
    plugin[kind]?.map(({ name }) => name).find((name) => own.some(({ brings }) => brings[kind]?.some((entry) => entry.name === name)));
  const name = isTaken('toolbar') ?? isTaken('slash') ?? isTaken('panels');
  return name === undefined ? null : `another module of the plugin has the name “${name}” already`;
}
