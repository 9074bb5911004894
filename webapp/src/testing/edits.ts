import type { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { AllSelection, NodeSelection, type Transaction } from '@tiptap/pm/state';
import { posAt } from '../document';
import { ALIGNMENTS, CALLOUTS } from '../document/formats';
import { deltaLength } from '../document/positions';
import { wholePlace, type EditorClient } from './editor';
import { ODD_HTML } from './html';
import type { Random } from './random';

type Edit = (client: EditorClient, random: Random) => void;

const TYPED = [
  'a', 'be', 'x y ', '😀', 'Ω', '# ', '### ', '- ', '1. ', '> ', '``` ', '[ ] ', '[x] ', '**b** ', '`c`', '---',
  '> [!tip] ', 'https://a.b/c ', 'javascript:x ', '\t', 'a\u0007b',
];
const KEYS = [
  'Enter', 'Enter', 'Enter', 'Shift-Enter', 'Backspace', 'Backspace', 'Backspace', 'Delete', 'Delete', 'Tab', 'Tab',
  'Shift-Tab', 'Mod-Enter', 'Mod-Shift-e', 'Mod-]', 'Mod-[', 'Mod-b', 'Mod-i', 'Mod-e', 'Mod-Alt-0', 'Mod-Alt-1', 'Mod-Shift-7', 'Mod-Shift-9',
];
const TEXTS = ['plain', 'two\r\nlines\r\n', 'a\u0000b', '\n\n', '\ud83d|\ude00', 'https://a.b/c', ''];
const LINKS = ['https://a.b', '/p', '#x', 'javascript:alert(1)', '//a.b', 'https://a b'];
const MARKS = ['bold', 'italic', 'underline', 'strike', 'code'];

/** What a toolbar does in a table. */
const TABLE_COMMANDS: ((editor: Editor) => boolean)[] = [
  ({ commands }) => commands.addRowAbove(),
  ({ commands }) => commands.addRowBelow(),
  ({ commands }) => commands.addColumnLeft(),
  ({ commands }) => commands.addColumnRight(),
  ({ commands }) => commands.deleteRow(),
  ({ commands }) => commands.deleteColumn(),
  ({ commands }) => commands.deleteTable(),
];

/** What a toolbar does. */
const COMMANDS: ((editor: Editor, random: Random) => boolean)[] = [
  ({ commands }, random) => commands.toggleMark(random.pick(MARKS)),
  ({ commands }, random) => commands.toggleHeading({ level: random.pick([1, 2, 3]) }),
  ({ commands }) => commands.setParagraph(),
  ({ commands }) => commands.toggleBulletList(),
  ({ commands }) => commands.toggleOrderedList(),
  ({ commands }) => commands.toggleTaskList(),
  ({ commands }) => commands.indentLines(),
  ({ commands }) => commands.outdentLines(),
  ({ commands }) => commands.toggleBlockquote(),
  ({ commands }, random) => commands.toggleCodeBlock(random.pick([undefined, { language: 'go' }, { language: 'a b' }])),
  ({ commands }) => commands.setHorizontalRule(),
  ({ commands }, random) => commands.setLink({ href: random.pick(LINKS) }),
  ({ commands }) => commands.unsetLink(),
  ({ commands }, random) => commands.alignLines(random.pick([null, ...ALIGNMENTS])),
  ({ commands }, random) => commands.toggleCallout(random.pick(CALLOUTS)),
  ({ commands }) => commands.unsetCallout(),
  ({ commands }) => commands.insertTable({ rows: 2, columns: 2 }),
  ...TABLE_COMMANDS,
  ...TABLE_COMMANDS,
];

/** Tiptap's own commands that nobody took away: they do to the tree whatever they like. */
const SURGERY: ((editor: Editor, random: Random) => boolean)[] = [
  ({ commands }) => commands.joinBackward(),
  ({ commands }) => commands.joinForward(),
  ({ commands }) => commands.lift('blockquote'),
  ({ commands }) => commands.liftEmptyBlock(),
  ({ commands }) => commands.clearNodes(),
  ({ commands }) => commands.unsetAllMarks(),
  ({ commands }) => commands.splitListItem('listItem'),
  ({ commands }) => commands.wrapIn('blockquote'),
  ({ commands }) => commands.wrapInList('taskList'),
  ({ commands }) => commands.wrapIn('callout', { kind: 'tip' }),
  ({ commands }) => commands.lift('callout'),
  ({ commands }) => commands.updateAttributes('tableCell', { column: 'a' }),
  ({ commands }) => commands.updateAttributes('tableRow', { row: null }),
  ({ commands }) => commands.updateAttributes('callout', { kind: 'danger' }),
  ({ commands }) => commands.updateAttributes('paragraph', { align: 'middle' }),
  ({ commands }) => commands.insertContent({ type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableGap' }, { type: 'tableCell', content: [{ type: 'paragraph' }] }] }] }),
  ({ commands }) => commands.toggleNode('heading', 'paragraph', { level: 9 }),
  ({ commands }) => commands.setNode('codeBlock', { language: 'not a name' }),
  ({ commands }) => commands.updateAttributes('paragraph', { indent: 12 }),
  ({ commands }) => commands.updateAttributes('listItem', { skip: 3 }),
  ({ commands }) => commands.updateAttributes('paragraph', { extra: { banner: 1 } }),
  ({ commands }) => commands.setMark('link', { href: 'javascript:alert(1)' }),
  ({ commands }) => commands.setMark('opaque', { name: 'color', value: 'red' }),
  ({ commands }) => commands.insertContent({ type: 'opaqueEmbed', attrs: { value: { image: 'x' } } }),
  ({ commands }, random) => commands.insertContent(random.pick(ODD_HTML)),
  ({ commands }) => commands.deleteCurrentNode(),
  ({ commands }) => commands.selectParentNode() && commands.deleteSelection(),
];

const EDITS: readonly (readonly [weight: number, edit: Edit])[] = [
  [30, (client, random) => void client.type(random.pick(TYPED))],
  [25, (client, random) => void client.press(random.pick(KEYS))],
  [15, ({ editor }, random) => void random.pick(COMMANDS)(editor, random)],
  [8, ({ editor }, random) => void random.pick(SURGERY)(editor, random)],
  [4, checkTask],
  [4, clickGap],
  [4, ({ view }, random) => void view.pasteHTML(random.pick(ODD_HTML))],
  [2, ({ view }, random) => void view.pasteText(random.pick(TEXTS))],
  [3, cutOut],
  [2, moveAbout],
  [8, (client) => void client.press('Mod-z')],
  [4, (client) => void client.press('Mod-y')],
];

/** Does something to an editor, mostly somewhere else than before. */
export function randomEdit(client: EditorClient, random: Random): void {
  if (random.chance(60)) selectSomething(client, random);
  let at = random.below(EDITS.reduce((sum, [weight]) => sum + weight, 0));
  const [, edit] = EDITS.find(([weight]) => (at -= weight) < 0) ?? [0, () => undefined];
  edit(client, random);
}

function selectSomething(client: EditorClient, random: Random): void {
  const { view } = client;
  const { doc, tr } = view.state;
  const length = deltaLength(doc);
  const anchor = random.below(length);
  const near = Math.max(0, Math.min(length - 1, anchor + random.below(40) - 20));
  const head = random.chance(50) ? anchor : random.chance(70) ? near : random.below(length);
  const pos = posAt(doc, anchor);
  const node = random.chance(20) ? doc.nodeAt(pos) : null;
  if (random.chance(2)) view.dispatch(tr.setSelection(new AllSelection(doc)));
  else if (random.chance(10) && gaps(doc).length > 0) {
    view.dispatch(tr.setSelection(NodeSelection.create(doc, random.pick(gaps(doc)))));
  } else if (node?.isAtom === true && !node.isText) view.dispatch(tr.setSelection(NodeSelection.create(doc, pos)));
  else client.select(anchor, head);
}

/** Checks a task as the box in front of it does. */
function checkTask({ view }: EditorClient, random: Random): void {
  const boxes = [...view.dom.querySelectorAll<HTMLInputElement>('li input[type=checkbox]')];
  if (boxes.length > 0) random.pick(boxes).click();
}

/** Clicks on a place of a table that has no line yet. */
function clickGap({ view }: EditorClient, random: Random): void {
  const places = gaps(view.state.doc);
  if (places.length === 0) return;
  const pos = random.pick(places);
  const node = view.state.doc.nodeAt(pos);
  if (node === null) return;
  view.someProp('handleClickOn', (handle) => handle(view, pos, node, pos, new MouseEvent('click'), true));
}

function gaps(doc: Node): number[] {
  const places: number[] = [];
  doc.descendants((node, pos) => {
    if (node.type.name === 'tableGap') places.push(pos);
    return !node.isTextblock;
  });
  return places;
}

/** Takes out a part of the tree that no selection could hold. */
function cutOut({ view }: EditorClient, random: Random): void {
  const { tr } = view.state;
  view.dispatch(tr.delete(...somePart(tr, random)));
}

/** Drags a part of the tree to somewhere else. */
function moveAbout({ view }: EditorClient, random: Random): void {
  const { tr } = view.state;
  const [from, to] = somePart(tr, random);
  const slice = tr.doc.slice(from, to);
  if (random.chance(70)) tr.delete(from, to);
  const at = somePlace(tr, random);
  view.dispatch(tr.replaceRange(at, at, slice));
}

function somePart(tr: Transaction, random: Random): [number, number] {
  const from = somePlace(tr, random);
  const to = Math.min(tr.doc.content.size, from + random.below(30));
  return [from, wholePlace(tr.doc, to)];
}

function somePlace({ doc }: Transaction, random: Random): number {
  return wholePlace(doc, random.below(doc.content.size + 1));
}
