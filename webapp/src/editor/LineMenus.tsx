import { Menu } from '@mantine/core';
import { RichTextEditor } from '@mantine/tiptap';
import { useEditorState, type Editor } from '@tiptap/react';
import { ALIGNMENTS, CALLOUTS, calloutLabel, type Alignment, type CalloutKind } from '../document';
import { Sign } from './Sign';

interface Choice {
  readonly value: string;
  readonly label: string;
  /** The shortcut as it is shown, if there is one. */
  readonly keys?: string;
}

interface ChoiceMenuProps {
  label: string;
  sign: string;
  choices: readonly Choice[];
  value: string;
  /** The choice that is no format: with any other one the control is shown as pressed. */
  plain: string;
  onChoose: (value: string) => void;
}

/** A control with a menu of which one entry holds. */
function ChoiceMenu({ label, sign, choices, value, plain, onChoose }: ChoiceMenuProps) {
  return (
    <Menu withinPortal position="bottom-start" shadow="md">
      <Menu.Target>
        <RichTextEditor.Control aria-label={label} title={label} active={value !== plain}>
          <Sign path={sign} />
        </RichTextEditor.Control>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={value} onChange={onChoose}>
          {choices.map((choice) => (
            <Menu.RadioItem key={choice.value} value={choice.value} closeMenuOnClick rightSection={choice.keys}>
              {choice.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

const ALIGN_LABELS: Record<Alignment, string> = { center: 'Center', right: 'Right', justify: 'Justify' };
const ALIGN_SHORTCUTS: Record<string, string> = { left: 'L', center: 'E', right: 'R', justify: 'J' };
const ALIGN_SIGNS: Record<string, string> = {
  left: 'M4 6h16M4 10h9M4 14h16M4 18h9',
  center: 'M4 6h16M8 10h8M4 14h16M8 18h8',
  right: 'M4 6h16M11 10h9M4 14h16M11 18h9',
  justify: 'M4 6h16M4 10h16M4 14h16M4 18h16',
};

/** Aligns the selected lines. */
export function AlignMenu({ editor, keys }: { editor: Editor; keys: (shortcut: string) => string }) {
  const value = useEditorState({
    editor,
    selector: ({ editor: { state } }) => (state.selection.$from.parent.attrs['align'] as Alignment | null) ?? 'left',
  });
  const choices = [{ value: 'left', label: 'Left' }, ...ALIGNMENTS.map((each) => ({ value: each, label: ALIGN_LABELS[each] }))];
  return (
    <ChoiceMenu
      label="Alignment"
      sign={ALIGN_SIGNS[value] ?? ''}
      choices={choices.map((choice) => ({ ...choice, keys: keys(`Mod-Shift-${ALIGN_SHORTCUTS[choice.value] ?? ''}`) }))}
      value={value}
      plain="left"
      onChoose={(chosen) => editor.chain().focus().alignLines(ALIGNMENTS.find((each) => each === chosen) ?? null).run()}
    />
  );
}

const CALLOUT_SIGN = 'M12 8v5M12 16v.5M4 4h16v16H4z';

/** Makes the selected lines a callout, or plain again. */
export function CalloutMenu({ editor }: { editor: Editor }) {
  const value = useEditorState({
    editor,
    selector: ({ editor: current }) => (current.getAttributes('callout')['kind'] as CalloutKind | undefined) ?? 'none',
  });
  const choose = (chosen: string): void => {
    const kind = CALLOUTS.find((each) => each === chosen);
    const chain = editor.chain().focus();
    (kind === undefined ? chain.unsetCallout() : chain.setCallout(kind)).run();
  };
  return (
    <ChoiceMenu
      label="Callout"
      sign={CALLOUT_SIGN}
      choices={[{ value: 'none', label: 'No callout' }, ...CALLOUTS.map((kind) => ({ value: kind, label: calloutLabel(kind) }))]}
      value={value}
      plain="none"
      onChoose={choose}
    />
  );
}
