import type { EditorContext } from './context.js';
import type { EmbedFormat, InlineFormat, LineFormat } from './formats.js';

/** Where an entry stands among others of its kind. Entries of the wiki itself always come first. */
export interface Ordered {
  /** The lower, the further in front; 100 unless said otherwise. Among equals the plugins' ids decide. */
  readonly order?: number;
  /** Stands in front of this entry, `<plugin>/<name>`, if it is there. */
  readonly before?: string;
  /** Stands behind this entry, `<plugin>/<name>`, if it is there. */
  readonly after?: string;
}

/**
 * Does something on behalf of this user. It may take its time (a promise is waited for by nobody); an
 * error is shown to the user once, as the plugin's.
 */
export type Command = (context: EditorContext) => unknown;

/** A control in the toolbar, behind those of the wiki. */
export interface ToolbarEntry extends Ordered {
  /** Its own among the plugin's toolbar entries: lower-case letters, digits and hyphens. */
  readonly name: string;
  /** What it does, in a few words; shown as its tooltip and read by screen readers. */
  readonly label: string;
  /** What is drawn on it: one or two characters, or the path (`d`) of an SVG of 24 by 24 units, drawn as lines. */
  readonly icon: { readonly text: string } | { readonly path: string };
  /** Name of one of the plugin's commands. */
  readonly command: string;
  /** Whether it is shown as pressed; asked after every change, so it answers at once. */
  readonly isActive?: (context: EditorContext) => boolean;
  /** Whether it can be used now; it can unless said otherwise. */
  readonly isEnabled?: (context: EditorContext) => boolean;
}

/** An entry of the menu that opens when somebody types `/`. */
export interface SlashEntry extends Ordered {
  /** Its own among the plugin's slash entries: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly title: string;
  /** One short sentence below the title. */
  readonly description?: string;
  /** Further words that it is found by; those of the title need not be repeated. */
  readonly keywords?: readonly string[];
  /** Name of one of the plugin's commands; the slash and what was typed behind it are gone when it runs. */
  readonly command: string;
}

/** Keys that run a command. The editor's own keys come first; of several plugins' the first by id. */
export interface Shortcut {
  /** As ProseMirror writes them: `Mod-Shift-g`. `Mod` is Cmd on a Mac and Ctrl elsewhere. */
  readonly keys: string;
  /** Name of one of the plugin's commands. */
  readonly command: string;
}

/** One of the choices that a picker offers. */
export interface Choice {
  readonly title: string;
  readonly description?: string;
  /** Does what it stands for; the trigger and what was typed behind it are gone when it runs. */
  readonly choose: Command;
}

/** A menu that opens behind a character of the plugin's own, such as people behind `@`. */
export interface Picker {
  /** One character that opens it, at a line's start or behind a space; `/` is taken, and no two plugins have one. */
  readonly trigger: string;
  /** Says what it offers, for screen readers: `People`. */
  readonly label: string;
  /** The choices for what was typed behind the trigger. The signal is aborted as soon as that is out of date. */
  readonly choices: (query: string, context: EditorContext, signal: AbortSignal) => readonly Choice[] | Promise<readonly Choice[]>;
}

/** A panel beside the text, which the user opens and closes. */
export interface Panel extends Ordered {
  /** Its own among the plugin's panels: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly title: string;
  /**
   * Fills the element, which is empty and in the page. Called each time the panel opens; the result is called
   * when it closes, and undoes whatever was begun outside of the element.
   */
  readonly mount: (element: HTMLElement, context: EditorContext) => (() => void) | void;
}

/**
 * What the front end of a plugin brings to the editor; all but the id may be left out.
 *
 * Life cycle: the module is loaded, by itself, when somebody opens the editor of a page, and must be
 * there within 5 s. It is never unloaded: leaving the page ends it. A newer version is a
 * new module at another address, loaded by the next page.
 *
 * Threads: the page's only one. Whatever takes more than some milliseconds holds up typing.
 *
 * Failure: a module that cannot be loaded or is not of this shape is left out with a notice
 * that names the plugin, and all others work. A contribution that throws is caught, told once, and
 * switched off for the page after three errors. Formats of a plugin that was left out stay in the
 * page untouched, as placeholders.
 */
export interface EditorPlugin {
  /** The plugin's id, as in its `plugin.properties`. */
  readonly id: string;
  readonly inline?: readonly InlineFormat[];
  readonly lines?: readonly LineFormat[];
  readonly embeds?: readonly EmbedFormat[];
  /** Commands by name; toolbar, slash menu and shortcuts run them. */
  readonly commands?: Readonly<Record<string, Command>>;
  readonly toolbar?: readonly ToolbarEntry[];
  readonly slash?: readonly SlashEntry[];
  readonly shortcuts?: readonly Shortcut[];
  readonly pickers?: readonly Picker[];
  readonly panels?: readonly Panel[];
}

/**
 * Defines what a plugin's module exports:
 *
 *     export default definePlugin({ id: 'glossary', ... });
 */
export function definePlugin(plugin: EditorPlugin): EditorPlugin {
  return Object.freeze({ ...plugin });
}
