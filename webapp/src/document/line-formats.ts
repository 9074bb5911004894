import Delta, { type AttributeMap } from 'quill-delta';
import type { Node } from '@tiptap/pm/model';
import { crossesCells, deleteBetween } from './cells';
import { containersOf, isSameCell, lineFormat, MAX_INDENT, type Cell, type ListValue } from './formats';
import type { Line } from './lines';
import { formatsOf } from './page-formats';
import { formatLines, lineAt, selectedLines } from './placed-lines';

/** A change for the lines of a selection, given in delta indices. */
export type LineCommand = (doc: Node, from: number, to: number) => Delta;

/** Makes the lines a list of this kind, or plain lines when they all are one already. */
export function toggleList(kind: 'bullet' | 'ordered' | 'task'): LineCommand {
  return (doc, from, to) => {
    const selected = selectedLines(doc, from, to);
    const all = selected.every(({ line }) => listKind(line) === kind);
    return formatLines(selected, (line): AttributeMap => {
      if (all) return { list: null, indent: null };
      return listKind(line) === kind ? {} : { list: kind === 'task' ? 'unchecked' : kind };
    });
  };
}

function listKind(line: Line): 'bullet' | 'ordered' | 'task' | null {
  const value: ListValue | null = lineFormat(line.attributes).list;
  return value === 'checked' || value === 'unchecked' ? 'task' : value;
}

/** Sets one attribute on every line, or removes it when every line has it; `also` goes with the setting. */
export function toggleLine(name: string, value: unknown, also: AttributeMap = {}): LineCommand {
  return (doc, from, to) => {
    const selected = selectedLines(doc, from, to);
    const all = selected.every(({ line }) => line.attributes[name] === value);
    return formatLines(selected, () => (all ? { [name]: null } : { ...also, [name]: value }));
  };
}

/** Makes the lines code, or plain again when every line is code and no other language is asked for. */
export function toggleCode(language: string | undefined): LineCommand {
  return (doc, from, to) => {
    const selected = selectedLines(doc, from, to);
    const value = language ?? true;
    const all = selected.every(({ line }) =>
      language === undefined
        ? lineFormat(line.attributes).code !== null
        : line.attributes['code-block'] === value,
    );
    return formatLines(selected, () =>
      all ? { 'code-block': null } : { header: null, 'code-block': value },
    );
  };
}

/** Sets attributes on every line. */
export function setLine(attributes: AttributeMap): LineCommand {
  return (doc, from, to) => formatLines(selectedLines(doc, from, to), () => attributes);
}

/** Moves lines in or out by one step; an item goes at most one step deeper than the item above it. */
export function indentBy(step: 1 | -1): LineCommand {
  return (doc, from, to) => {
    const selected = selectedLines(doc, from, to);
    const first = selected[0];
    let above = first === undefined || first.start === 0 ? null : lineAt(doc, first.start - 1).line;
    return formatLines(selected, (line) => {
      const { indent, list, cell } = lineFormat(line.attributes);
      const most = list === null ? MAX_INDENT : Math.min(MAX_INDENT, deepest(above, cell));
      const wanted = step < 0 ? Math.max(0, indent - 1) : Math.max(indent, Math.min(indent + 1, most));
      above = { pieces: [], attributes: { ...line.attributes, indent: wanted } };
      return { indent: wanted === 0 ? null : wanted };
    });
  };
}

function deepest(above: Line | null, cell: Cell | null): number {
  const format = above === null ? null : lineFormat(above.attributes);
  return format?.list && isSameCell(format.cell, cell) ? format.indent + 1 : 0;
}

/** Puts a horizontal rule on a line of its own, in place of what is selected. */
export const insertDivider: LineCommand = (doc, from, to) => {
  const { line, start } = lineAt(doc, from);
  const over = crossesCells(doc, from, to);
  const emptied = over ? deleteBetween(doc, from, to) : new Delta();
  const change = new Delta().retain(emptied.transformPosition(from));
  if (from > start) change.insert('\n', formatsOf(doc.type.schema).knownLineAttributes(line.attributes));
  change.insert({ divider: true }).insert('\n', containersOf(line.attributes));
  return over ? emptied.compose(change) : change.delete(to - from);
};
