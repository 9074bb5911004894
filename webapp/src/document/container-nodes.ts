import { Node, type Attribute } from '@tiptap/core';
import { CALLOUTS, isCalloutKind, isCellId, type CalloutKind } from './formats';

/*
 * Tables and callouts. They hold no rules of their own: which rows, columns and gaps there are, is
 * for `tree` to say. Every row has one place for each column of its table; a place without lines is a
 * gap, which has no text and takes no place in the delta.
 */

/** The word that stands on a callout. */
export function calloutLabel(kind: CalloutKind): string {
  return kind[0]?.toUpperCase() + kind.slice(1);
}

/** A highlighted box of a kind. */
export const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes() {
    return { kind: { default: CALLOUTS[0], rendered: false, parseHTML: kindOf } };
  },
  parseHTML() {
    return [
      { tag: 'div.callout', getAttrs: (element) => (kindOf(element) === null ? false : null) },
      // The page as it is read has the label as text.
      { tag: 'p.callout-label', ignore: true, priority: 60 },
    ];
  },
  renderHTML({ node }) {
    const kind = node.attrs['kind'] as CalloutKind;
    return ['div', { class: `callout callout-${kind}`, role: 'note', 'aria-label': calloutLabel(kind) }, 0];
  },
});

function kindOf(element: HTMLElement): CalloutKind | null {
  const names = [...element.classList].map((name) => name.replace('callout-', ''));
  return names.find(isCalloutKind) ?? null;
}

/** What only the tree knows; on the clipboard it would be somebody else's. */
const OWN: Attribute = { default: null, rendered: false };

/** A table; what is in its first row heads the columns. */
export const Table = Node.create({
  name: 'table',
  group: 'block',
  content: 'tableRow+',
  isolating: true,
  addAttributes() {
    return { table: OWN };
  },
  parseHTML() {
    return [{ tag: 'table' }];
  },
  renderHTML() {
    return ['div', { class: 'table-scroll' }, ['table', ['tbody', 0]]];
  },
});

/** A row of a table. */
export const TableRow = Node.create({
  name: 'tableRow',
  // A row always holds a line somewhere, so every document does.
  content: 'tableGap* tableCell (tableCell | tableGap)*',
  addAttributes() {
    return { row: OWN };
  },
  parseHTML() {
    return [{ tag: 'tr' }];
  },
  renderHTML() {
    return ['tr', 0];
  },
});

/** Which column a place in a row is of, and whether its row is the first. */
function placeAttributes(): Record<string, Attribute> {
  return {
    column: {
      default: null,
      parseHTML: (element) => {
        const id = element.getAttribute('data-column');
        return isCellId(id) ? id : null;
      },
      renderHTML: ({ column }) => (column === null ? {} : { 'data-column': column as string }),
    },
    head: {
      default: false,
      parseHTML: (element) => element.localName === 'th',
      renderHTML: ({ head }) => (head === true ? { scope: 'col' } : {}),
    },
  };
}

/** A cell: one line or more, with all that lines may be. */
export const TableCell = Node.create({
  name: 'tableCell',
  content: 'block+',
  isolating: true,
  addAttributes() {
    // Where its lines stand in the document when the table's do not stand as the grid shows them.
    return { ...placeAttributes(), places: OWN };
  },
  parseHTML() {
    return [{ tag: 'td' }, { tag: 'th' }];
  },
  renderHTML({ node, HTMLAttributes }) {
    return [node.attrs['head'] === true ? 'th' : 'td', HTMLAttributes, 0];
  },
});

/** A place in a row that has no line yet; it gets one as soon as somebody clicks on it or types there. */
export const TableGap = Node.create({
  name: 'tableGap',
  atom: true,
  selectable: true,
  isolating: true,
  addAttributes: placeAttributes,
  parseHTML() {
    return [{ tag: 'td[data-gap]', priority: 60 }, { tag: 'th[data-gap]', priority: 60 }];
  },
  renderHTML({ node, HTMLAttributes }) {
    return [node.attrs['head'] === true ? 'th' : 'td', { ...HTMLAttributes, 'data-gap': '' }];
  },
  renderText() {
    return '';
  },
});
