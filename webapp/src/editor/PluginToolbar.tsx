import { useSyncExternalStore } from 'react';
import { RichTextEditor } from '@mantine/tiptap';
import { useEditorState, type Editor } from '@tiptap/react';
import { commandPart, type Contributions, type Owned } from '../plugins';
import type { EditorContext, ToolbarEntry } from '../sdk';
import { Sign } from './Sign';

/** The controls of plugins. */
export function PluginToolbar({ editor, contributions }: { editor: Editor; contributions: Contributions }) {
  const { toolbar, faults } = contributions;
  useSyncExternalStore(faults.subscribe, faults.getSnapshot);
  const ask = ({ module, entry }: Owned<ToolbarEntry>, question: ((context: EditorContext) => boolean) | undefined, usual: boolean): boolean => {
    if (question === undefined) return usual;
    const part = { plugin: module.plugin, what: `the control “${entry.label}”` };
    return faults.run(part, () => question(contributions.contextOf(module, editor)) === true, usual);
  };
  const states = useEditorState({
    editor,
    selector: () => toolbar.map((owned) => ({ active: ask(owned, owned.entry.isActive, false), enabled: ask(owned, owned.entry.isEnabled, true) })),
  });
  if (toolbar.length === 0) return null;
  return (
    <RichTextEditor.ControlsGroup>
      {toolbar.map(({ key, module, entry: { label, icon, command } }, i) => (
        <RichTextEditor.Control
          key={key}
          aria-label={label}
          title={label}
          active={states[i]?.active === true}
          disabled={states[i]?.enabled === false || faults.isOff(commandPart(module, command))}
          onClick={() => {
            editor.commands.focus();
            contributions.runNamed(module, command, editor);
          }}
        >
          {'path' in icon ? <Sign path={icon.path} /> : icon.text}
        </RichTextEditor.Control>
      ))}
    </RichTextEditor.ControlsGroup>
  );
}
