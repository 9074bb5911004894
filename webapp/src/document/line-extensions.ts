import { Extension, InputRule, type CommandProps } from '@tiptap/core';
import Delta from 'quill-delta';
import type { EditorState } from '@tiptap/pm/state';
import { TextSelection } from '@tiptap/pm/state';
import { allowedChange } from './allowed';
import { applyChange } from './apply';
import { isLanguage, lineFormat } from './formats';
import { breakLine, deleteBetween, joinBackward, joinForward } from './line-breaks';
import { indentBy, insertDivider, setLine, toggleCode, toggleLine, toggleList, type LineCommand } from './line-formats';
import { contentBetween } from './linesOf';
import { lineAt, selectedLines } from './placed-lines';
import { indexAt } from './positions';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    lineCommands: {
      /** Sets a horizontal rule on a line of its own. */
      setHorizontalRule: () => ReturnType;
      /** Moves the selected lines one step in. */
      indentLines: () => ReturnType;
      /** Moves the selected lines one step out. */
      outdentLines: () => ReturnType;
    };
  }
}

type Run = (props: CommandProps) => boolean;

function run(command: LineCommand): Run {
  return ({ tr, dispatch }) => {
    const { from, to } = tr.selection;
    return enter(tr.doc, command(tr.doc, indexAt(tr.doc, from), indexAt(tr.doc, to)), (change) => {
      if (dispatch) applyChange(tr, change).scrollIntoView();
    });
  };
}

/** Lets a change through as far as it may be sent; false when nothing of it is left. */
function enter(doc: EditorState['doc'], change: Delta | null, apply: (change: Delta) => void): boolean {
  if (change === null) return false;
  const allowed = allowedChange(change, (from, to) => contentBetween(doc, from, to));
  if (allowed.ops.length === 0) return false;
  apply(allowed);
  return true;
}

/** The block commands of Tiptap by their usual names, each done on the lines of the selection. */
export const LineCommands = Extension.create({
  name: 'lineCommands',
  // Lowest, since of two commands of one name the last one counts.
  priority: 1,
  addCommands() {
    return {
      toggleBulletList: () => run(toggleList('bullet')),
      toggleOrderedList: () => run(toggleList('ordered')),
      toggleTaskList: () => run(toggleList('task')),
      toggleBlockquote: () => run(toggleLine('blockquote', true)),
      setBlockquote: () => run(setLine({ blockquote: true })),
      unsetBlockquote: () => run(setLine({ blockquote: null })),
      toggleCodeBlock: (attributes) => run(toggleCode(language(attributes))),
      setCodeBlock: (attributes) =>
        run(setLine({ header: null, 'code-block': language(attributes) ?? true })),
      toggleHeading: ({ level }) => run(toggleLine('header', level, { 'code-block': null })),
      setHeading: ({ level }) => run(setLine({ header: level, 'code-block': null })),
      setParagraph: () => run(setLine({ header: null, 'code-block': null })),
      setHorizontalRule: () => run(insertDivider),
      indentLines: () => run(indentBy(1)),
      outdentLines: () => run(indentBy(-1)),
      sinkListItem: () => run(indentBy(1)),
      liftListItem: () => run(indentBy(-1)),
    };
  },
  addInputRules() {
    return [
      new InputRule({
        find: /^(?:---|—-|\*\*\*\s|___\s)$/,
        handler: ({ state, range, chain }) => {
          if (state.doc.resolve(range.from).parent.type.spec.code === true) return null;
          chain().deleteRange(range).setHorizontalRule().run();
          return undefined;
        },
      }),
    ];
  },
});

function language(attributes: { language?: string } | undefined): string | undefined {
  const name = attributes?.language;
  return isLanguage(name) ? name : undefined;
}

type Place = (state: EditorState, from: number, to: number) => Delta | null;

/** Enter, Backspace, Delete and Tab, each as a change of lines. */
export const LineKeys = Extension.create({
  name: 'lineKeys',
  priority: 1000,
  addKeyboardShortcuts() {
    const press = (place: Place) => () =>
      this.editor.commands.command(({ tr, state, dispatch }) => {
        if (!(tr.selection instanceof TextSelection) || !this.editor.isEditable) return false;
        const from = indexAt(tr.doc, tr.selection.from);
        const to = indexAt(tr.doc, tr.selection.to);
        return enter(tr.doc, place(state, from, to), (change) => {
          if (!dispatch) return;
          const marks = state.storedMarks ?? tr.selection.$from.marks();
          applyChange(tr, change);
          if (!tr.selection.empty) collapse(tr);
          if (marks.length > 0) tr.ensureMarks(marks);
          tr.scrollIntoView();
        });
      });
    const back = (): boolean => this.editor.commands.undoInputRule() || press(backspace)();
    const tab = (step: 1 | -1) => () => {
      if (!inList(this.editor.state)) return step === 1 && press(tabInCode)();
      this.editor.commands[step === 1 ? 'indentLines' : 'outdentLines']();
      // A list keeps the focus even where its line can go no further.
      return true;
    };
    return {
      Enter: press((state, from, to) => breakLine(state.doc, from, to)),
      'Shift-Enter': press((state, from, to) => breakLine(state.doc, from, to)),
      Backspace: back,
      'Shift-Backspace': back,
      Delete: press(forward),
      Tab: tab(1),
      'Shift-Tab': tab(-1),
      'Mod-]': () => this.editor.commands.indentLines(),
      'Mod-[': () => this.editor.commands.outdentLines(),
    };
  },
});

function collapse(tr: CommandProps['tr']): void {
  tr.setSelection(TextSelection.create(tr.doc, tr.selection.from));
}

const backspace: Place = (state, from, to) => {
  if (from !== to) return overLines(state, from, to);
  return from === lineAt(state.doc, from).start ? joinBackward(state.doc, from) : null;
};

const forward: Place = (state, from, to) => {
  if (from !== to) return overLines(state, from, to);
  return from === lineAt(state.doc, from).end ? joinForward(state.doc, from) : null;
};

/** A selection within one line is left to ProseMirror. */
function overLines(state: EditorState, from: number, to: number): Delta | null {
  return lineAt(state.doc, from).end < to ? deleteBetween(state.doc, from, to) : null;
}

function inList(state: EditorState): boolean {
  const from = indexAt(state.doc, state.selection.from);
  const to = indexAt(state.doc, state.selection.to);
  return selectedLines(state.doc, from, to).some(({ line }) => line.attributes['list'] !== undefined);
}

const tabInCode: Place = (state, from, to) => {
  const { line } = lineAt(state.doc, from);
  const isCode = lineFormat(line.attributes).code !== null;
  return isCode && from === to ? new Delta().retain(from).insert('\t') : null;
};
