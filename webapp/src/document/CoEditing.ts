import { Extension } from '@tiptap/core';
import { Binding } from './binding';
import { caretsPlugin } from './carets';
import { pastePlugin } from './paste';
import type { EditorSession } from './session-port';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    coEditing: {
      /** Takes back this user's last step; what others did stays. */
      undo: () => ReturnType;
      /** Does again what was taken back last. */
      redo: () => ReturnType;
    };
  }
}

/** The options of {@link CoEditing}. */
export interface CoEditingOptions {
  /** The page's session; required. */
  session: EditorSession | null;
}

interface CoEditingStorage {
  binding: Binding | null;
}

/** Makes an editor one of several on a page: binding, carets of others, undo of one's own. */
export const CoEditing = Extension.create<CoEditingOptions, CoEditingStorage>({
  name: 'coEditing',
  priority: 900,
  addOptions() {
    return { session: null };
  },
  addStorage() {
    return { binding: null };
  },
  addProseMirrorPlugins() {
    const { session } = this.options;
    if (session === null) throw new Error('CoEditing needs a session: CoEditing.configure({ session })');
    const binding = new Binding(session);
    this.storage.binding = binding;
    return [pastePlugin(() => binding.nextIsOther()), caretsPlugin(), binding.plugin()];
  },
  addCommands() {
    const step = (back: boolean, tr: Parameters<Binding['step']>[0], go: boolean): boolean => {
      const { binding } = this.storage;
      if (binding === null || !binding.canStep(back)) return false;
      return !go || binding.step(tr, back);
    };
    return {
      undo: () => ({ tr, dispatch }) => step(true, tr, dispatch !== undefined),
      redo: () => ({ tr, dispatch }) => step(false, tr, dispatch !== undefined),
    };
  },
  addKeyboardShortcuts() {
    return {
      'Mod-z': () => this.editor.commands.undo() || true,
      'Mod-y': () => this.editor.commands.redo() || true,
      'Shift-Mod-z': () => this.editor.commands.redo() || true,
    };
  },
});
