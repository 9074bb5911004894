import { NodeSelection, Plugin, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { crossesCells, deleteBetween } from './cells';
import { areaOf, cellPos, gridAt, isGapSelection, isTableSelection, selectCell } from './grid';
import { editLines } from './line-edits';
import { enterOwn } from './own-changes';
import { indexAt, posAt } from './positions';
import { fillGap, randomId } from './table-commands';

/*
 * Typing, pasting, cutting and composing go their ways through ProseMirror and the browser, which
 * know nothing of rows and columns. So before they begin, a selection over several cells is emptied
 * to a caret, a selected gap gets its line, and a line takes the place of a table selected as a whole.
 */

const apple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The plugin of all that. */
export function tablesPlugin(): Plugin {
  let shown: EditorView | null = null;
  return new Plugin({
    view: (view) => {
      shown = view;
      return {};
    },
    props: {
      handleTextInput: (view, _from, _to, text) => {
        if (!makeRoom(view)) return false;
        view.dispatch(view.state.tr.insertText(text).scrollIntoView());
        return true;
      },
      // Whatever else is held down, such as for a whole word.
      handleKeyDown: (view, { key, repeat }) => {
        const { selection } = view.state;
        if (key !== 'Backspace' && key !== 'Delete') return false;
        // A key that is held down stops at a table.
        if (isTableSelection(selection)) return repeat;
        return isGapSelection(selection) || makeRoom(view);
      },
      handlePaste: (view) => {
        makeRoom(view);
        return false;
      },
      handleClickOn: (view, _pos, node, at, _event, direct) => {
        if (!direct || node.type.name !== 'tableGap' || !view.editable) return false;
        const { state } = view;
        const tr = fill(state, state.tr.setSelection(NodeSelection.create(state.doc, at)));
        if (tr !== null) view.dispatch(tr);
        view.focus();
        return tr !== null;
      },
      // What is dragged out of several cells is left in them.
      dragCopies: (event) => (shown !== null && isOverCells(shown.state)) || (apple ? event.altKey : event.ctrlKey),
      handleDOMEvents: {
        keydown: (view) => {
          seeSelection(view);
          return false;
        },
        beforeinput: (view, event) => beforeInput(view, event),
        compositionstart: (view) => {
          makeRoom(view);
          return false;
        },
        cut: (view, event) => cut(view, event),
      },
    },
  });
}

/**
 * Tells of a selection that the browser made a moment ago, before it does so itself: a key that comes
 * sooner would find the old one, be left to the browser, and go over the borders of cells.
 */
function seeSelection({ composing, dom }: EditorView): void {
  if (!composing) dom.ownerDocument.dispatchEvent(new Event('selectionchange'));
}

function isOverCells({ doc, selection }: EditorState): boolean {
  return selection instanceof TextSelection && crossesCells(doc, indexAt(doc, selection.from), indexAt(doc, selection.to));
}

/** Empties a selection over several cells, fills a selected gap, or puts a line for a selected table; false when it is none of them. */
function makeRoom(view: EditorView): boolean {
  if (!view.editable) return false;
  const tr = roomFor(view.state);
  if (tr !== null) view.dispatch(tr);
  return tr !== null;
}

function roomFor(state: EditorState): Transaction | null {
  if (isGapSelection(state.selection)) return fill(state, state.tr);
  if (isTableSelection(state.selection)) return replaced(state);
  return isOverCells(state) ? emptied(state) : null;
}

function replaced({ doc, selection, tr }: EditorState): Transaction {
  const { start, end } = gridAt(doc, selection.$from.index(0));
  enterOwn(tr, editLines(doc, [{ at: start, insert: [{}] }, { at: start, remove: end - start }]));
  return tr.setSelection(TextSelection.create(tr.doc, posAt(tr.doc, start))).scrollIntoView();
}

function emptied({ doc, selection, tr }: EditorState): Transaction {
  enterOwn(tr, deleteBetween(doc, indexAt(doc, selection.from), indexAt(doc, selection.to)));
  return tr.setSelection(TextSelection.create(tr.doc, tr.selection.from)).scrollIntoView();
}

function fill({ doc }: EditorState, tr: Transaction): Transaction | null {
  const area = areaOf(doc, tr.selection);
  const change = area === null ? null : fillGap(doc, area, randomId);
  if (area === null || change === null || !enterOwn(tr, change)) return null;
  const pos = cellPos(tr.doc, area.grid.block, area.top, area.left);
  return pos === null ? tr : selectCell(tr, pos, 'start').scrollIntoView();
}

/** What the keys do too; nothing else knows the border of a cell. */
const KEYS = /^delete(?:Content|Word|SoftLine|HardLine)(?:Backward|Forward)$/;

function press(view: EditorView, key: string): boolean {
  const event = new KeyboardEvent('keydown', { key });
  return view.someProp('handleKeyDown', (handle) => handle(view, event)) === true;
}

/** For what comes without a key, as from the keyboard on a screen. */
function beforeInput(view: EditorView, event: InputEvent): boolean {
  const { inputType = '', data } = event;
  const inserts = inputType === 'insertText' && data !== null;
  if (view.composing || !view.editable) return false;
  seeSelection(view);
  if (KEYS.test(inputType) || (inputType.startsWith('delete') && !view.state.selection.empty)) {
    if (!press(view, inputType.endsWith('Forward') ? 'Delete' : 'Backspace')) return false;
    event.preventDefault();
    return true;
  }
  if (!inserts || !makeRoom(view)) return false;
  event.preventDefault();
  view.dispatch(view.state.tr.insertText(data).scrollIntoView());
  return true;
}

function cut(view: EditorView, event: ClipboardEvent): boolean {
  if (!view.editable || event.clipboardData === null || !isOverCells(view.state)) return false;
  const { dom, text } = view.serializeForClipboard(view.state.selection.content());
  event.preventDefault();
  event.clipboardData.clearData();
  event.clipboardData.setData('text/html', dom.innerHTML);
  event.clipboardData.setData('text/plain', text);
  return makeRoom(view);
}
