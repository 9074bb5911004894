/**
 * `@tandem/sdk`: what a plugin's front end is written with. The wiki serves it once, beside Tiptap,
 * ProseMirror and React; a plugin's module imports them by these names and brings no copy of its own.
 */
export type {} from './commands.js';
export type { EditorContext, PageInfo } from './context.js';
export type {
  ElementAttributes,
  EmbedContext,
  EmbedFormat,
  EmbedView,
  Format,
  InlineFormat,
  LineFormat,
  Pasted,
  Shown,
  ShownEmbed,
} from './formats.js';
export type { Messages, Person, Presence } from './live.js';
export {
  definePlugin,
  type Choice,
  type Command,
  type EditorPlugin,
  type Ordered,
  type Panel,
  type Picker,
  type Shortcut,
  type SlashEntry,
  type ToolbarEntry,
} from './plugin.js';
