import { Extension, InputRule, type CommandProps } from '@tiptap/core';
import Delta from 'quill-delta';
import type { EditorState } from '@tiptap/pm/state';
import { AllSelection, TextSelection } from '@tiptap/pm/state';
import { crossesCells, deleteBetween, edgeAbove, edgeBelow, type AtEdge } from './cells';
import { isCalloutKind, isLanguage, lineFormat, type Alignment, type CalloutKind } from './formats';
import { selectTable } from './grid';
import { breakLine, joinBackward, joinForward } from './line-breaks';
import { indentBy, insertDivider, setLine, toggleCode, toggleLine, toggleList, type LineCommand } from './line-formats';
import { allowedPart, enterOwn } from './own-changes';
import { holds, lineAt, selectedLines } from './placed-lines';
import { indexAt, posAt } from './positions';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    lineCommands: {
      /** Sets a horizontal rule on a line of its own. */
      setHorizontalRule: () => ReturnType;
      /** Moves the selected lines one step in. */
      indentLines: () => ReturnType;
      /** Moves the selected lines one step out. */
      outdentLines: () => ReturnType;
      /** Aligns the selected lines; null is to the left. */
      alignLines: (alignment: Alignment | null) => ReturnType;
      /** Makes the selected lines a callout of this kind, or plain when they all are one. */
      toggleCallout: (kind: CalloutKind) => ReturnType;
      /** Makes the selected lines a callout of this kind. */
      setCallout: (kind: CalloutKind) => ReturnType;
      /** Takes the selected lines out of their callouts. */
      unsetCallout: () => ReturnType;
    };
  }
}

type Run = (props: CommandProps) => boolean;

/** A command that does what is wanted on the lines of the selection, as far as it may be sent. */
export function runOnLines(command: LineCommand): Run {
  return ({ tr, dispatch }) => {
    const [from, to] = endsOf(tr);
    const change = allowedPart(tr, command(tr.doc, from, to));
    if (change !== null && dispatch && enterOwn(tr, change)) tr.scrollIntoView();
    return change !== null;
  };
}

/** Where a selection begins and ends. The whole page does with what it shows first and last, wherever that stands in the lines. */
function endsOf({ doc, selection }: Pick<EditorState, 'doc' | 'selection'>): [from: number, to: number] {
  const { from, to } = selection instanceof AllSelection ? TextSelection.between(selection.$from, selection.$to) : selection;
  return [indexAt(doc, from), indexAt(doc, to)];
}

/** The block commands of Tiptap by their usual names, each done on the lines of the selection. */
export const LineCommands = Extension.create({
  name: 'lineCommands',
  // Lowest, since of two commands of one name the last one counts.
  priority: 1,
  addCommands() {
    return {
      toggleBulletList: () => runOnLines(toggleList('bullet')),
      toggleOrderedList: () => runOnLines(toggleList('ordered')),
      toggleTaskList: () => runOnLines(toggleList('task')),
      toggleBlockquote: () => runOnLines(toggleLine('blockquote', true)),
      setBlockquote: () => runOnLines(setLine({ blockquote: true })),
      unsetBlockquote: () => runOnLines(setLine({ blockquote: null })),
      toggleCodeBlock: (attributes) => runOnLines(toggleCode(language(attributes))),
      setCodeBlock: (attributes) =>
        runOnLines(setLine({ header: null, 'code-block': language(attributes) ?? true })),
      toggleHeading: ({ level }) => runOnLines(toggleLine('header', level, { 'code-block': null })),
      setHeading: ({ level }) => runOnLines(setLine({ header: level, 'code-block': null })),
      setParagraph: () => runOnLines(setLine({ header: null, 'code-block': null })),
      setHorizontalRule: () => runOnLines(insertDivider),
      indentLines: () => runOnLines(indentBy(1)),
      outdentLines: () => runOnLines(indentBy(-1)),
      sinkListItem: () => runOnLines(indentBy(1)),
      liftListItem: () => runOnLines(indentBy(-1)),
      alignLines: (align) => runOnLines(setLine({ align })),
      toggleCallout: (kind) => runOnLines(toggleLine('callout', kind)),
      setCallout: (callout) => runOnLines(setLine({ callout })),
      unsetCallout: () => runOnLines(setLine({ callout: null })),
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
      new InputRule({
        // The quote is there as soon as the space after its sign was typed.
        find: /^\[!([a-z]+)\]\s$/i,
        handler: ({ state, range, match, chain }) => {
          const kind = match[1]?.toLowerCase();
          if (!isCalloutKind(kind) || !isQuoted(state, range.from)) return null;
          chain().deleteRange(range).unsetBlockquote().toggleCallout(kind).run();
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

function isQuoted({ doc }: EditorState, pos: number): boolean {
  const { quote, callout, code } = lineFormat(lineAt(doc, indexAt(doc, pos)).line.attributes);
  return quote && callout === null && code === null;
}

/** What a key does at a place: a change, or where the caret goes; null when it has nothing to do with lines. */
type Place = (state: EditorState, from: number, to: number) => Delta | AtEdge | null;

/** Enter, Backspace, Delete and Tab, each as a change of lines. */
export const LineKeys = Extension.create({
  name: 'lineKeys',
  priority: 1000,
  addKeyboardShortcuts() {
    const press = (place: Place) => () =>
      this.editor.commands.command(({ tr, state, dispatch }) => {
        if (!(tr.selection instanceof TextSelection) || !this.editor.isEditable) return false;
        const done = place(state, ...endsOf(tr));
        if (done !== null && 'caret' in done) return !dispatch || moveTo(tr, done);
        const change = allowedPart(tr, done);
        if (change === null || !dispatch) return change !== null;
        const marks = state.storedMarks ?? tr.selection.$from.marks();
        enterOwn(tr, change);
        if (!tr.selection.empty) collapse(tr);
        if (marks.length > 0) tr.ensureMarks(marks);
        tr.scrollIntoView();
        return true;
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
      'Mod-Shift-l': () => this.editor.commands.alignLines(null) || true,
      'Mod-Shift-e': () => this.editor.commands.alignLines('center') || true,
      'Mod-Shift-r': () => this.editor.commands.alignLines('right') || true,
      'Mod-Shift-j': () => this.editor.commands.alignLines('justify') || true,
    };
  },
});

function moveTo(tr: CommandProps['tr'], { change, caret, whole }: AtEdge): true {
  enterOwn(tr, change);
  const pos = posAt(tr.doc, caret);
  if (whole === true) selectTable(tr, pos);
  else tr.setSelection(TextSelection.create(tr.doc, pos));
  tr.scrollIntoView();
  return true;
}

function collapse(tr: CommandProps['tr']): void {
  tr.setSelection(TextSelection.create(tr.doc, tr.selection.from));
}

const backspace: Place = (state, from, to) => {
  if (from !== to) return overLines(state, from, to);
  const here = lineAt(state.doc, from);
  if (from !== here.start) return null;
  return joinBackward(state.doc, from) ?? edgeAbove(state.doc, here);
};

const forward: Place = (state, from, to) => {
  if (from !== to) return overLines(state, from, to);
  const here = lineAt(state.doc, from);
  if (from !== here.end) return null;
  return joinForward(state.doc, from) ?? edgeBelow(state.doc, here);
};

/** A selection within one line is left to ProseMirror; one over cells never is, even if nothing is to be deleted. */
function overLines({ doc }: EditorState, from: number, to: number): Delta | AtEdge | null {
  if (holds(lineAt(doc, from), to)) return null;
  const change = deleteBetween(doc, from, to);
  return crossesCells(doc, from, to) ? { change, caret: change.transformPosition(from) } : change;
}

function inList(state: EditorState): boolean {
  return selectedLines(state.doc, ...endsOf(state)).some(({ line }) => line.attributes['list'] !== undefined);
}

const tabInCode: Place = (state, from, to) => {
  const { line } = lineAt(state.doc, from);
  const isCode = lineFormat(line.attributes).code !== null;
  return isCode && from === to ? new Delta().retain(from).insert('\t') : null;
};
