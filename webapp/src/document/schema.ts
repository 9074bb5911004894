import { Extension, getSchema, mergeAttributes, type Extensions } from '@tiptap/core';
import { Blockquote } from '@tiptap/extension-blockquote';
import { Bold } from '@tiptap/extension-bold';
import { Code } from '@tiptap/extension-code';
import { CodeBlock } from '@tiptap/extension-code-block';
import { Document } from '@tiptap/extension-document';
import { Heading } from '@tiptap/extension-heading';
import { Italic } from '@tiptap/extension-italic';
import { Link } from '@tiptap/extension-link';
import { BulletList, ListItem, OrderedList, TaskItem, TaskList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Strike } from '@tiptap/extension-strike';
import { Text } from '@tiptap/extension-text';
import { Underline } from '@tiptap/extension-underline';
import type { Schema } from '@tiptap/pm/model';
import { Callout, Table, TableCell, TableGap, TableRow } from './container-nodes';
import { ALIGNMENTS, isAlignment, isLanguage, isLink, LINE_NAMES, MAX_INDENT, type Alignment } from './formats';
import { formatCommands } from './format-commands';
import { LineCommands, LineKeys } from './line-extensions';
import { Divider, Opaque, OpaqueEmbed } from './nodes';
import { BUILT_IN, type PageFormats } from './page-formats';
import { extraAttribute, formatExtensions } from './plugin-nodes';
import { Tables } from './table-extension';

const TEXTBLOCKS = ['paragraph', 'heading', 'codeBlock'];
const ITEM_CONTENT = '(paragraph | heading | codeBlock) block*';

/** A count that is written as a data attribute when it is not zero. */
function count(name: string) {
  return {
    default: 0,
    parseHTML: (element: HTMLElement) => {
      const value = Number(element.getAttribute(name));
      return Number.isInteger(value) && value > 0 && value <= MAX_INDENT ? value : 0;
    },
    renderHTML: (attributes: Record<string, unknown>) => {
      const value = attributes[name.slice('data-'.length)];
      return value === 0 ? {} : { [name]: String(value) };
    },
  };
}

/** How a line is aligned: by our own class, or as other pages say it. */
function alignmentOf(element: HTMLElement): Alignment | null {
  const own = ALIGNMENTS.find((value) => element.classList.contains(`align-${value}`));
  const said = own ?? (element.style.textAlign || element.getAttribute('align'));
  return isAlignment(said) ? said : null;
}

const ALIGN = {
  default: null,
  parseHTML: alignmentOf,
  renderHTML: ({ align }: Record<string, unknown>) => (isAlignment(align) ? { class: `align-${align}` } : {}),
};

/** What each line and item carries beside its shape: indent, alignment, a jump in nesting, and attributes only kept. */
function lineAttributes(formats: PageFormats): Extension {
  return Extension.create({
    name: 'lineAttributes',
    addGlobalAttributes() {
      return [
        {
          types: TEXTBLOCKS,
          attributes: { indent: count('data-indent'), align: ALIGN, extra: extraAttribute(formats) },
        },
        { types: ['listItem', 'taskItem'], attributes: { skip: count('data-skip') } },
      ];
    },
  });
}

// Keys and list surgery of the originals are left out: LineKeys works on lines instead.
const silent = {
  addKeyboardShortcuts: () => ({}),
  addExtensions: () => [],
};

const CodeLines = CodeBlock.extend({
  content: 'inline*',
  marks: '_',
  addAttributes() {
    return {
      language: {
        default: null,
        rendered: false,
        parseHTML: (element: HTMLElement) => {
          const names = [...(element.firstElementChild?.classList ?? [])];
          const language = names.find((name) => name.startsWith('language-'))?.slice(9);
          return isLanguage(language) ? language : null;
        },
      },
    };
  },
});

const Anchor = Link.extend({
  inclusive: false,
  addAttributes() {
    return { href: { default: null } };
  },
  renderHTML({ HTMLAttributes }) {
    const href: unknown = HTMLAttributes['href'];
    const safe = mergeAttributes({ rel: 'noopener noreferrer nofollow' }, HTMLAttributes);
    return ['a', isLink(href) ? safe : { title: 'This link is not allowed' }, 0];
  },
}).configure({
  openOnClick: false,
  isAllowedUri: (url) => isLink(url),
});

/** By itself Code drops every other mark, which in the delta are independent, and takes the text of pasted code blocks. */
const InlineCode = Code.extend({
  excludes: 'code',
  parseHTML() {
    return [{ tag: 'code', getAttrs: (element) => (element.parentElement?.localName === 'pre' ? false : null) }];
  },
});

const nodes: Extensions = [
  Document,
  Text,
  Paragraph,
  Heading.configure({ levels: [1, 2, 3] }),
  CodeLines,
  Blockquote.extend({ addKeyboardShortcuts: () => ({}) }),
  BulletList,
  OrderedList.extend({ addAttributes: () => ({}), addProseMirrorPlugins: () => [] }),
  ListItem.extend({ ...silent, content: ITEM_CONTENT }),
  TaskList,
  TaskItem.extend({ ...silent, content: ITEM_CONTENT }).configure({ nested: true }),
  Callout,
  Table,
  TableRow,
  TableCell,
  TableGap,
  Divider,
  OpaqueEmbed,
];

const marks: Extensions = [
  Bold,
  Italic,
  Underline,
  Strike,
  InlineCode,
  Anchor,
  Opaque,
];

/** The whole schema of a page with its commands and keys; nothing else may add nodes or marks. */
export function documentExtensions(formats: PageFormats = BUILT_IN): Extensions {
  return [
    ...nodes,
    ...marks,
    ...formatExtensions(formats),
    lineAttributes(formats),
    LineCommands,
    formatCommands(formats),
    LineKeys,
    Tables,
  ];
}

/** The names of what is built in, which no format of a plugin can have. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([...[...nodes, ...marks].map(({ name }) => name), ...LINE_NAMES]);

/** The schema by itself, for work without an editor. */
export function documentSchema(formats: PageFormats = BUILT_IN): Schema {
  return getSchema(documentExtensions(formats));
}
