import { Extension, type CommandProps, type Editor } from '@tiptap/core';
import { Selection, TextSelection, type Transaction } from '@tiptap/pm/state';
import { addColumn, addLine, addRow, deleteColumns, deleteRows, deleteTable, fillGap, insertTable, randomId, type TableCommand } from './table-commands';
import { areaOf, cellPos, isGapSelection, selectCell, type Area } from './grid';
import { allowedPart, enterOwn } from './own-changes';
import { indexAt, posAt } from './positions';
import { tablesPlugin } from './table-input';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    tables: {
      /** Puts a table below the line, with a first row that heads its columns. */
      insertTable: (size?: { rows: number; columns: number }) => ReturnType;
      /** Puts a row above the selected cells, with the caret in its first cell. */
      addRowAbove: () => ReturnType;
      /** Puts a row below the selected cells, with the caret in its first cell. */
      addRowBelow: () => ReturnType;
      /** Puts a column to the left of the selected cells; the caret stays in its row. */
      addColumnLeft: () => ReturnType;
      /** Puts a column to the right of the selected cells; the caret stays in its row. */
      addColumnRight: () => ReturnType;
      /** Deletes the rows of the selected cells. */
      deleteRow: () => ReturnType;
      /** Deletes the columns of the selected cells. */
      deleteColumn: () => ReturnType;
      /** Deletes the table around the selection. */
      deleteTable: () => ReturnType;
      /** Gives the selected gap a line, and sets the caret there. */
      fillGap: () => ReturnType;
      /** Goes to the next cell, or the one before; behind the last one a row is added. */
      goToCell: (step: 1 | -1) => ReturnType;
      /** Leaves the table by a new plain line below it, or above it. */
      leaveTable: (side: 'above' | 'below') => ReturnType;
    };
  }
}

const SIZE = { rows: 3, columns: 3 };

type Run = (props: CommandProps) => boolean;

/** Does a command to the selected table; `after` places the selection. */
function run(command: TableCommand, after: (tr: Transaction, area: Area) => void = () => undefined): Run {
  return ({ tr, dispatch }) => {
    const area = areaOf(tr.doc, tr.selection);
    const change = area === null ? null : allowedPart(tr, command(tr.doc, area, randomId));
    if (area === null || change === null) return false;
    if (dispatch && enterOwn(tr, change)) {
      after(tr, area);
      tr.scrollIntoView();
    }
    return true;
  };
}

/** Sets the selection to a cell of the table that was worked on, if it is there. */
function into(tr: Transaction, { grid }: Area, row: number, column: number): void {
  const pos = cellPos(tr.doc, grid.block, row, column);
  if (pos !== null) selectCell(tr, pos, 'start');
}

function newTable(rows: number, columns: number): Run {
  return ({ tr, dispatch }) => {
    const { from, to } = tr.selection;
    const command = insertTable(rows, columns, randomId);
    const change = allowedPart(tr, command(tr.doc, indexAt(tr.doc, from), indexAt(tr.doc, to)));
    if (change === null || !dispatch) return change !== null;
    enterOwn(tr, change);
    let index = 0;
    for (const op of change.ops) {
      if (op.insert !== undefined && op.attributes?.['cell'] !== undefined) break;
      index += (op.retain as number | undefined) ?? (op.insert as string).length;
    }
    tr.setSelection(TextSelection.create(tr.doc, posAt(tr.doc, index))).scrollIntoView();
    return true;
  };
}

const putBelow = run(addRow('below'), (tr, area) => into(tr, area, area.bottom + 1, 0));

function goToCell(step: 1 | -1): Run {
  return (props) => {
    const { tr, dispatch } = props;
    const area = areaOf(tr.doc, tr.selection);
    if (area === null) return false;
    const { columns, rows } = area.grid;
    const here = step === 1 ? area.bottom * columns.length + area.right : area.top * columns.length + area.left;
    const next = here + step;
    if (next >= rows.length * columns.length) {
      return putBelow(props);
    }
    const pos = cellPos(tr.doc, area.grid.block, Math.floor(next / columns.length), next % columns.length);
    if (pos !== null && dispatch) selectCell(tr, pos, 'content').scrollIntoView();
    return true;
  };
}

function leaveTable(side: 'above' | 'below'): Run {
  return run(addLine(side), (tr, { grid }) => {
    const index = side === 'above' ? grid.start : grid.end;
    tr.setSelection(TextSelection.create(tr.doc, posAt(tr.doc, index)));
  });
}

/** Goes to the cell in the row above or below, out of the table at its borders; on a line of its own when there is none. */
function goToRow({ state, view, commands }: Editor, step: 1 | -1): boolean {
  const { doc, selection, tr } = state;
  const area = selection.empty || isGapSelection(selection) ? areaOf(doc, selection) : null;
  if (area === null || !isAtBorder(selection, step)) return false;
  if (!isGapSelection(selection) && !view.endOfTextblock(step === 1 ? 'down' : 'up')) return false;
  const pos = cellPos(doc, area.grid.block, area.top + step, area.left);
  if (pos !== null) {
    view.dispatch(selectCell(tr, pos, step === 1 ? 'start' : 'end').scrollIntoView());
    return true;
  }
  if (doc.maybeChild(area.grid.block + step) === null) return commands.leaveTable(step === 1 ? 'below' : 'above');
  const border = step === 1 ? selection.$from.after(1) : selection.$from.before(1);
  view.dispatch(tr.setSelection(Selection.near(doc.resolve(border), step)).scrollIntoView());
  return true;
}

/** Whether a caret stands in the first, or the last, line of its cell. */
function isAtBorder({ $from }: Selection, step: 1 | -1): boolean {
  if ($from.depth < 4) return true;
  const inside = $from.depth - 3;
  return step === 1 ? $from.end(3) - $from.end() === inside : $from.start() - $from.start(3) === inside;
}

/** Tables: commands, keys, and what clicking and typing does where there is no line yet. */
export const Tables = Extension.create({
  name: 'tables',
  // Before the keys of lines.
  priority: 1100,
  addCommands() {
    return {
      insertTable: (size = SIZE) => newTable(size.rows, size.columns),
      addRowAbove: () => run(addRow('above'), (tr, area) => into(tr, area, area.top, 0)),
      addRowBelow: () => putBelow,
      addColumnLeft: () => run(addColumn('left'), (tr, area) => into(tr, area, area.top, area.left)),
      addColumnRight: () => run(addColumn('right'), (tr, area) => into(tr, area, area.top, area.right + 1)),
      deleteRow: () => run(deleteRows),
      deleteColumn: () => run(deleteColumns),
      deleteTable: () => run(deleteTable),
      fillGap: () => run(fillGap, (tr, area) => into(tr, area, area.top, area.left)),
      goToCell,
      leaveTable,
    };
  },
  addKeyboardShortcuts() {
    const fill = (): boolean => isGapSelection(this.editor.state.selection) && (this.editor.commands.fillGap() || true);
    return {
      Tab: () => this.editor.commands.goToCell(1),
      'Shift-Tab': () => this.editor.commands.goToCell(-1),
      'Mod-Enter': () => this.editor.commands.leaveTable('below'),
      Enter: fill,
      'Shift-Enter': fill,
      ArrowDown: () => goToRow(this.editor, 1),
      ArrowUp: () => goToRow(this.editor, -1),
    };
  },
  addProseMirrorPlugins() {
    return [tablesPlugin()];
  },
});
