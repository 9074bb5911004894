import type { Editor } from '@tiptap/core';
import { CALLOUTS, calloutLabel } from '../document';
import { commandPart, type Contributions } from '../plugins';

/** What a menu in the text offers. */
export interface MenuItem {
  readonly title: string;
  readonly description?: string | undefined;
  readonly choose: (editor: Editor) => void;
}

/** An entry of the slash menu with the words that it is found by. */
export interface SlashItem extends MenuItem {
  readonly keywords: readonly string[];
}

const CALLOUT_WORDS = 'box hint alert';

/** The wiki's own blocks. */
const BLOCKS: readonly SlashItem[] = [
  block('Paragraph', 'text plain', ({ commands }) => commands.setParagraph()),
  block('Heading 1', 'h1 title', ({ commands }) => commands.setHeading({ level: 1 })),
  block('Heading 2', 'h2 subtitle', ({ commands }) => commands.setHeading({ level: 2 })),
  block('Heading 3', 'h3', ({ commands }) => commands.setHeading({ level: 3 })),
  block('Bullet list', 'ul unordered points', ({ commands }) => commands.toggleBulletList()),
  block('Ordered list', 'ol numbered', ({ commands }) => commands.toggleOrderedList()),
  block('Check list', 'task todo', ({ commands }) => commands.toggleTaskList()),
  block('Quote', 'blockquote citation', ({ commands }) => commands.toggleBlockquote()),
  block('Code block', 'pre program', ({ commands }) => commands.toggleCodeBlock()),
  block('Table', 'grid rows columns', ({ commands }) => commands.insertTable()),
  block('Divider', 'horizontal rule line hr', ({ commands }) => commands.setHorizontalRule()),
  ...CALLOUTS.map((kind) => block(`${calloutLabel(kind)} callout`, CALLOUT_WORDS, ({ commands }) => commands.setCallout(kind))),
];

function block(title: string, words: string, choose: (editor: Editor) => unknown): SlashItem {
  return { title, keywords: words.split(' '), choose: (editor) => void choose(editor) };
}

/** All entries: the wiki's own, then those of plugins that are not switched off. */
export function slashItems(contributions: Contributions): readonly SlashItem[] {
  const theirs = contributions.slash.filter(({ module, entry }) => !contributions.faults.isOff(commandPart(module, entry.command)));
  return [
    ...BLOCKS,
    ...theirs.map(({ module, entry: { title, description, keywords = [], command } }): SlashItem => ({
      title,
      description,
      keywords,
      choose: (editor) => contributions.runNamed(module, command, editor),
    })),
  ];
}

/** Those entries of which a word begins with what was typed; whose title does so come first. */
export function found<I extends SlashItem>(items: readonly I[], query: string): readonly I[] {
  const typed = query.toLowerCase();
  const begins = (words: readonly string[]): boolean => words.some((word) => word.toLowerCase().startsWith(typed));
  const byTitle = items.filter(({ title }) => begins(title.split(' ')));
  const byKeyword = items.filter((item) => !byTitle.includes(item) && begins(item.keywords));
  return [...byTitle, ...byKeyword];
}
