import { Extension, type CommandProps, type RawCommands } from '@tiptap/core';
import Delta from 'quill-delta';
import type { Mark } from '@tiptap/pm/model';
import type { EditorState } from '@tiptap/pm/state';
import type {} from '../sdk';
import { deleteBetween } from './cells';
import { setLine } from './line-formats';
import { runOnLines } from './line-extensions';
import { sameAttributes } from './lines';
import type { PageFormats } from './page-formats';
import { selectedLines } from './placed-lines';

type Run = (props: CommandProps) => boolean;

/** The commands for the formats of plugins; none enters what the formats do not allow. */
export function formatCommands(formats: PageFormats): Extension {
  return Extension.create({ name: 'formatCommands', addCommands: () => commandsFor(formats) });
}

function commandsFor(formats: PageFormats): Partial<RawCommands> {
  const never: Run = () => false;
  const isInline = (name: string, value: unknown): boolean => formats.inline.has(name) && formats.isInline(name, value);
  const setLines = (name: string, value: unknown): Run =>
    formats.lines.has(name) && formats.isLine(name, value) ? runOnLines(setLine({ [name]: value })) : never;
  const unsetLines = (name: string): Run => (formats.lines.has(name) ? runOnLines(setLine({ [name]: null })) : never);
  return {
    setInlineFormat: (name, value) => ({ commands }) => isInline(name, value) && commands.setMark(name, { value }),
    unsetInlineFormat: (name) => ({ commands }) => formats.inline.has(name) && commands.unsetMark(name),
    toggleInlineFormat: (name, value) => ({ commands, state }) => {
      if (!isInline(name, value)) return false;
      return hasInline(state, name, value) ? commands.unsetMark(name) : commands.setMark(name, { value });
    },
    setLineFormat: setLines,
    unsetLineFormat: unsetLines,
    toggleLineFormat: (name, value) => (props) => {
      const wanted = { [name]: value };
      const selected = runOnLines((doc, from, to) => {
        const lines = selectedLines(doc, from, to);
        const all = lines.every(({ line: { attributes } }) => name in attributes && sameAttributes({ [name]: attributes[name] }, wanted));
        return setLine(all ? { [name]: null } : wanted)(doc, from, to);
      });
      return formats.lines.has(name) && formats.isLine(name, value) && selected(props);
    },
    insertEmbed: (name, value) =>
      formats.embeds.has(name) && formats.isEmbed({ [name]: value })
        ? runOnLines((doc, from, to) => {
            const emptied = deleteBetween(doc, from, to);
            return emptied.compose(new Delta().retain(emptied.transformPosition(from)).insert({ [name]: value }));
          })
        : never,
  };
}

/** Whether all of the selected text, or what is typed next, has an inline format with this value. */
function hasInline({ doc, selection, storedMarks }: EditorState, name: string, value: unknown): boolean {
  const { from, to, empty, $from } = selection;
  const isIt = ({ type, attrs }: Mark): boolean => type.name === name && sameAttributes({ value }, { value: attrs['value'] });
  if (empty) return (storedMarks ?? $from.marks()).some(isIt);
  let all = true;
  doc.nodesBetween(from, to, ({ isInline, marks }) => {
    if (isInline) all &&= marks.some(isIt);
  });
  return all;
}
