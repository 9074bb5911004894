import { Mark, Node } from '@tiptap/core';
import type { JsonObject } from './formats';

/** The horizontal rule: an inline leaf that is shown as a full-width line, since it may stand anywhere in a line. */
export const Divider = Node.create({
  name: 'divider',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  parseHTML() {
    return [{ tag: 'hr' }, { tag: 'span[data-divider]' }];
  },
  renderHTML() {
    return ['span', { class: 'divider', role: 'separator', 'data-divider': '' }];
  },
  renderText() {
    return '---';
  },
});

/** An embed of a format that this client does not know: kept as it is, shown as a placeholder. */
export const OpaqueEmbed = Node.create({
  name: 'opaqueEmbed',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  addAttributes() {
    return { value: { default: {}, rendered: false } };
  },
  renderHTML({ node }) {
    const name = Object.keys(node.attrs['value'] as JsonObject)[0] ?? 'embed';
    return ['span', { class: 'opaque-embed', title: OPAQUE_TITLE }, `[${name}]`];
  },
  renderText() {
    return '';
  },
});

const OPAQUE_TITLE = 'This content belongs to an extension that is not installed. It is kept.';

/** An inline attribute that this client does not know; several may stand on one text. */
export const Opaque = Mark.create({
  name: 'opaque',
  excludes: '',
  inclusive: false,
  addAttributes() {
    return { name: { default: '', rendered: false }, value: { default: null, rendered: false } };
  },
  renderHTML() {
    return ['span', { class: 'opaque-mark' }, 0];
  },
});
