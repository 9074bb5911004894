import Delta, { type AttributeMap } from 'quill-delta';
import { PageFormats, type PluginFormats } from '../document';
import type { Random } from './random';

/** Formats of all three places, as plugins bring them. */
export const PLUGIN_FORMATS: PluginFormats = {
  inline: [
    {
      name: 'paint',
      allows: (value) => value === 'red' || value === 'blue',
      show: (value) => ({ tag: 'span', attributes: { class: `paint-${String(value)}` } }),
      parse: [{ selector: 'font[color]', value: (element) => element.getAttribute('color') }],
      inclusive: false,
    },
    {
      name: 'paint-term',
      allows: (value) => isObject(value) && typeof value['id'] === 'number',
      show: (value) => ({ tag: 'dfn', attributes: { title: JSON.stringify(value) } }),
    },
  ],
  lines: [
    {
      name: 'box',
      allows: (value) => value === 1 || value === 2,
      show: (value) => ({ class: `box box-${String(value)}` }),
      parse: [{ selector: 'aside', value: () => 1 }],
    },
    { name: 'box-title', allows: (value) => value === true, show: () => ({ class: 'box-title' }), continues: false },
  ],
  embeds: [
    {
      name: 'badge',
      allows: (value) => typeof value === 'string',
      show: (value) => ({ tag: 'span', attributes: { class: 'badge' }, text: String(value) }),
      parse: [{ selector: 'data[value]', value: (element) => element.getAttribute('value') }],
    },
    {
      name: 'badge-chart',
      allows: (value) => Array.isArray(value),
      show: () => ({ tag: 'span', attributes: { class: 'chart' } }),
      text: (value) => `chart of ${(value as unknown[]).length}`,
    },
  ],
};

/** What a client knows that has them. */
export const WITH_PLUGINS = new PageFormats(PLUGIN_FORMATS);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const INLINE: readonly AttributeMap[] = [
  { paint: 'red' }, { paint: 'blue' }, { 'paint-term': { id: 1, more: [null] } }, { paint: 'blue', 'paint-term': { id: 2 } },
  { paint: 'loud' }, { paint: { red: 1 } }, { 'paint-term': { id: 'x' } }, { box: 1 }, { badge: 'x' },
];
const LINES: readonly AttributeMap[] = [
  { box: 1 }, { box: 2 }, { box: 1, 'box-title': true }, { 'box-title': true },
  { box: 3 }, { box: 'x' }, { 'box-title': false }, { paint: 'red' },
];
const EMBEDS: readonly Record<string, unknown>[] = [
  { badge: 'new' }, { badge: '' }, { 'badge-chart': [] }, { 'badge-chart': [1, { a: null }] },
  { badge: 5 }, { badge: 'a', more: 1 }, { box: 1 }, { paint: 'red' },
];

/** Strews formats of plugins over a document, among them values that they do not allow. */
export function strewn(random: Random, document: Delta): Delta {
  const result = new Delta();
  for (const { insert, attributes } of document.ops) {
    const parts = typeof insert === 'string' ? insert.split(/(\n)/).filter((part) => part !== '') : [insert];
    for (const part of parts) {
      if (random.chance(10)) result.insert(random.pick(EMBEDS), random.chance(30) ? random.pick(INLINE) : undefined);
      const more = random.chance(30) ? random.pick(part === '\n' ? LINES : INLINE) : {};
      result.insert(part as string, { ...attributes, ...more });
    }
  }
  return result;
}
