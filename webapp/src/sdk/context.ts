import type { Editor } from '@tiptap/core';
import type { Messages, Presence } from './live.js';

/** The page that is edited. */
export interface PageInfo {
  /** Its id, as in its address: `/pages/<id>`. */
  readonly id: string;
  readonly title: string;
}

/**
 * What every contribution is given. It is the one place for what a plugin may reach: whatever the
 * editor comes to offer its plugins is a member here.
 */
export interface EditorContext {
  /** The Tiptap editor; read its state and run its commands, and leave its extensions alone. */
  readonly editor: Editor;
  readonly page: PageInfo;
  /** The plugin's id. */
  readonly plugin: string;
  /** Address of the plugin's own files, ends with a slash. */
  readonly assets: string;
  /** What the editors of the page show of their users while they have it open. */
  readonly presence: Presence;
  /** Messages to and from the plugin's Java part. */
  readonly messages: Messages;
}
