import { NodeSelection, Plugin, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { crossesCells, deleteBetween } from './cells';
import { areaOf, cellPos, isGapSelection, selectCell } from './grid';
import { enterOwn } from './own-changes';
import { indexAt } from './positions';
import { fillGap, randomId } from './table-commands';

/*
 * Typing, pasting, cutting and composing go their ways through ProseMirror and the browser, which
 * know nothing of rows and columns. So before they begin, a selection over several cells is emptied
 * to a caret, and a selected gap gets its line.
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
      handleKeyDown: (view, { key }) => {
        if (key !== 'Backspace' && key !== 'Delete') return false;
        return isGapSelection(view.state.selection) || makeRoom(view);
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

function isOverCells({ doc, selection }: EditorState): boolean {
  return selection instanceof TextSelection && crossesCells(doc, indexAt(doc, selection.from), indexAt(doc, selection.to));
}

/** Empties a selection over several cells, or fills a selected gap; false when it is neither. */
function makeRoom(view: EditorView): boolean {
  const { state } = view;
  if (!view.editable) return false;
  const tr = isGapSelection(state.selection) ? fill(state, state.tr) : isOverCells(state) ? emptied(state) : null;
  if (tr !== null) view.dispatch(tr);
  return tr !== null;
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

/** For what comes without a key, as from the keyboard on a screen. */
function beforeInput(view: EditorView, event: InputEvent): boolean {
  const { inputType = '', data } = event;
  const inserts = inputType === 'insertText' && data !== null;
  if (view.composing || !(inserts || inputType.startsWith('delete'))) return false;
  if (!inserts && isGapSelection(view.state.selection)) {
    event.preventDefault();
    return true;
  }
  if (!makeRoom(view)) return false;
  event.preventDefault();
  if (inserts) view.dispatch(view.state.tr.insertText(data).scrollIntoView());
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
