import { Extension, type Editor } from '@tiptap/core';
import { PluginKey, type Transaction } from '@tiptap/pm/state';
import { Suggestion } from '@tiptap/suggestion';
import { isTyped } from '../document';
import type { Contributions, Owned } from '../plugins';
import type { Choice, Picker } from '../sdk';
import type { ChoiceMenu } from './choice-menu';
import { found, slashItems, type MenuItem } from './slash-entries';

/** What opens a menu, and what it offers. */
interface Source {
  readonly char: string;
  readonly label: string;
  readonly items: (query: string, editor: Editor, signal: AbortSignal) => readonly MenuItem[] | Promise<readonly MenuItem[]>;
}

/** The slash menu and the menus of plugins. */
export function choiceMenus(menu: ChoiceMenu, contributions: Contributions): Extension {
  const slash: Source = { char: '/', label: 'Blocks', items: (query) => found(slashItems(contributions), query) };
  const sources = [slash, ...contributions.pickers.map((picker) => pickerSource(picker, contributions))];
  return Extension.create({
    name: 'choiceMenus',
    // In front of the keys for lines: Enter and Tab choose.
    priority: 1100,
    addProseMirrorPlugins() {
      return sources.map((source) => suggestion(source, menu, this.editor));
    },
  });
}

function suggestion({ char, label, items }: Source, menu: ChoiceMenu, editor: Editor) {
  let wasOpen = false;
  return Suggestion<MenuItem, MenuItem>({
    editor,
    char,
    pluginKey: new PluginKey(`menu ${char}`),
    decorationClass: 'menu-query',
    items: async ({ query, editor: at, signal }) => [...(await items(query, at, signal))],
    allow: ({ state, range, isActive }) => {
      wasOpen = isActive === true;
      const $from = state.doc.resolve(range.from);
      return $from.parent.type.spec.code !== true && !$from.marks().some(({ type }) => type.name === 'code');
    },
    // Asked right after `allow`: what others type, or a caret that only comes along, opens nothing.
    shouldShow: ({ transaction }: { transaction: Transaction }) => wasOpen || isTyped(transaction),
    command: ({ editor: at, range, props: item }) => {
      at.chain().focus().deleteRange(range).run();
      item.choose(at);
    },
    render: () => ({
      onStart: (props) => menu.show(label, props),
      onUpdate: (props) => menu.show(label, props),
      onExit: () => menu.hide(),
      onKeyDown: ({ event }) => menu.press(event.key),
    }),
  });
}

function pickerSource({ module, entry }: Owned<Picker>, contributions: Contributions): Source {
  const { faults } = contributions;
  const part = { plugin: module.plugin, what: `the menu behind “${entry.trigger}”` };
  const itemOf = ({ title, description, choose }: Choice): MenuItem => ({
    title: String(title),
    description: description === undefined ? undefined : String(description),
    choose: (editor) => contributions.run(part, choose, module, editor),
  });
  return {
    char: entry.trigger,
    label: entry.label,
    items: async (query, editor, signal) => {
      if (faults.isOff(part)) return [];
      try {
        return (await entry.choices(query, contributions.contextOf(module, editor), signal)).map(itemOf);
      } catch (error) {
        if (!signal.aborted) faults.failed(part, error);
        return [];
      }
    },
  };
}
