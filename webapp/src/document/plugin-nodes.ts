import { Extension, Mark, Node, type Extensions } from '@tiptap/core';
import type { DOMOutputSpec } from '@tiptap/pm/model';
import type { AttributeMap } from 'quill-delta';
import type { Format, InlineFormat, Pasted } from '../sdk';
import { embedView } from './embed-view';
import type { JsonObject } from './formats';
import type { PageEmbed, PageFormats } from './page-formats';

/*
 * The schema's part of plugin formats: a mark for each inline format, a node for each embed, both by
 * the format's name and with the attribute `value`. Line formats need neither: they stand in a textblock's
 * `extra`, where those that nobody knows stand too. On the clipboard each carries its value.
 */

const VALUE = { value: { default: null, rendered: false } };

/** What carries a format on the clipboard. */
function carried(kind: 'inline' | 'embed', name: string, value: unknown): Record<string, string> {
  return { [`data-${kind}`]: name, 'data-value': JSON.stringify(value) };
}

function carriedValue(element: HTMLElement): unknown {
  try {
    return JSON.parse(element.getAttribute('data-value') ?? 'null');
  } catch {
    return undefined;
  }
}

/** The parse rules of a format: its own form first, then what the plugin reads. */
function parseRules(kind: 'inline' | 'embed', format: Format & { parse?: readonly Pasted[] }, isAllowed: (value: unknown) => boolean) {
  const own: Pasted = { selector: `[data-${kind}="${format.name}"]`, value: carriedValue };
  return [own, ...(format.parse ?? [])].map(({ selector, value: read }) => ({
    tag: selector,
    priority: 70,
    getAttrs: (element: HTMLElement) => {
      const value = read(element);
      return isAllowed(value) ? { value } : false;
    },
  }));
}

function markOf(format: InlineFormat, formats: PageFormats): Mark {
  return Mark.create({
    name: format.name,
    inclusive: format.inclusive ?? true,
    addAttributes: () => VALUE,
    parseHTML: () => parseRules('inline', format, (value) => formats.isInline(format.name, value)),
    renderHTML: ({ mark }): DOMOutputSpec => {
      const value: unknown = mark.attrs['value'];
      const { tag, attributes } = format.show(value);
      return [tag, { ...attributes, ...carried('inline', format.name, value) }, 0];
    },
  });
}

function nodeOf(format: PageEmbed, formats: PageFormats): Node {
  const { name, show, text, view } = format;
  return Node.create({
    name,
    group: 'inline',
    inline: true,
    atom: true,
    selectable: true,
    addAttributes: () => VALUE,
    parseHTML: () => parseRules('embed', format, (value) => formats.isEmbed({ [name]: value })),
    renderHTML: ({ node }): DOMOutputSpec => {
      const value: unknown = node.attrs['value'];
      const { tag, attributes, text: shown } = show(value);
      const all = { ...attributes, ...carried('embed', name, value) };
      return shown === undefined ? [tag, all] : [tag, all, shown];
    },
    renderText: ({ node }) => {
      const value: unknown = node.attrs['value'];
      return text === undefined ? (show(value).text ?? '') : text(value);
    },
    ...(view === undefined ? {} : { addNodeView: () => ({ node, getPos, editor }) => embedView(format, view, node, editor, getPos) }),
  });
}

/** Makes the schema carry the formats that it is made for. */
const carrier = (formats: PageFormats): Extension =>
  Extension.create({
    name: 'pageFormats',
    extendNodeSchema: ({ name }) => (name === 'doc' ? { formats } : {}),
  });

/** The extensions for the formats of plugins. */
export function formatExtensions(formats: PageFormats): Extensions {
  return [
    carrier(formats),
    ...[...formats.inline.values()].map((format) => markOf(format, formats)),
    ...[...formats.embeds.values()].map((format) => nodeOf(format, formats)),
  ];
}

/** The attribute `extra` of a textblock: what of it plugins know is shown, and read from what is pasted. */
export function extraAttribute(formats: PageFormats) {
  return {
    default: {},
    parseHTML: (element: HTMLElement): AttributeMap | null => parsedLine(element, formats),
    renderHTML: ({ extra }: Record<string, unknown>): Record<string, string> => shownLine(extra as JsonObject, formats),
  };
}

function shownLine(extra: JsonObject, formats: PageFormats): Record<string, string> {
  const shown: Record<string, string> = {};
  const carriedLines: JsonObject = {};
  for (const { name, show } of formats.linesIn(extra)) {
    for (const [key, text] of Object.entries(show(extra[name]))) {
      shown[key] = key === 'class' && shown[key] !== undefined ? `${shown[key]} ${text}` : text;
    }
    carriedLines[name] = extra[name];
  }
  return Object.keys(carriedLines).length === 0 ? shown : { ...shown, 'data-lines': JSON.stringify(carriedLines) };
}

function parsedLine(element: HTMLElement, formats: PageFormats): AttributeMap | null {
  const read: AttributeMap = {};
  for (let at: HTMLElement | null = element; at !== null; at = at.parentElement) {
    const here = linesAt(at, formats);
    for (const [name, value] of Object.entries(here)) {
      if (!(name in read) && formats.isLine(name, value)) read[name] = value;
    }
  }
  return Object.keys(read).length === 0 ? null : read;
}

function linesAt(element: HTMLElement, formats: PageFormats): AttributeMap {
  const read = carriedLines(element.getAttribute('data-lines'));
  for (const { name, parse = [] } of formats.lines.values()) {
    const rule = parse.find(({ selector }) => element.matches(selector));
    if (rule !== undefined && !(name in read)) read[name] = rule.value(element);
  }
  return read;
}

function carriedLines(text: string | null): AttributeMap {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
