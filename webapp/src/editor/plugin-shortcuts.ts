import { Extension } from '@tiptap/core';
import type { Contributions } from '../plugins';

/** The keys of plugins, behind all keys of the editor. */
export function pluginShortcuts(contributions: Contributions): Extension {
  return Extension.create({
    name: 'pluginShortcuts',
    // Zero would be taken as none.
    priority: -1,
    addKeyboardShortcuts() {
      const press = (keys: string) => (): boolean => {
        if (!this.editor.isEditable) return false;
        const first = contributions.shortcuts.find(({ entry }) => entry.keys === keys);
        if (first === undefined) return false;
        contributions.runNamed(first.module, first.entry.command, this.editor);
        return true;
      };
      return Object.fromEntries(contributions.shortcuts.map(({ entry: { keys } }) => [keys, press(keys)]));
    },
  });
}
