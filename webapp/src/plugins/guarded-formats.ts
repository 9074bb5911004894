import type { PageEmbed, PluginFormats } from '../document';
import type { EmbedFormat, EmbedView, Format, InlineFormat, LineFormat, Pasted, ShownEmbed } from '../sdk';
import type { Faults, Part } from './faults';
import type { LoadedModule } from './loading';
import type { ContextOf } from './contributions';

/** The formats of modules, none of which can throw any more. What cannot be shown is shown by its name. */
export function guardedFormats(modules: readonly LoadedModule[], faults: Faults, contextOf: ContextOf): PluginFormats {
  return {
    inline: modules.flatMap(({ plugin, brings }) => (brings.inline ?? []).map((format) => inline(format, plugin, faults))),
    lines: modules.flatMap(({ plugin, brings }) => (brings.lines ?? []).map((format) => line(format, plugin, faults))),
    embeds: modules.flatMap((module) => (module.brings.embeds ?? []).map((format) => embed(format, module, faults, contextOf))),
  };
}

function partOf({ name }: Format, plugin: string): Part {
  return { plugin, what: `the format “${name}”` };
}

function parsing(parse: readonly Pasted[] | undefined, part: Part, faults: Faults): readonly Pasted[] {
  return (parse ?? []).map(({ selector, value }) => ({
    selector,
    value: (element) => faults.run(part, () => value(element), undefined),
  }));
}

/** What is allowed is asked for even of a format that failed: a value that is in the page already must not become another thing. */
function allowing({ allows }: Format, part: Part, faults: Faults): (value: unknown) => boolean {
  return (value) => {
    try {
      return allows(value) === true;
    } catch (error) {
      faults.failed(part, error);
      return false;
    }
  };
}

function inline(format: InlineFormat, plugin: string, faults: Faults): InlineFormat {
  const part = partOf(format, plugin);
  return {
    ...format,
    allows: allowing(format, part, faults),
    show: (value) => faults.run(part, () => checked(format.show(value)), { tag: 'span', attributes: { class: 'opaque-mark' } }),
    parse: parsing(format.parse, part, faults),
  };
}

function line(format: LineFormat, plugin: string, faults: Faults): LineFormat {
  const part = partOf(format, plugin);
  return {
    ...format,
    allows: allowing(format, part, faults),
    show: (value) => faults.run(part, () => checked({ tag: 'p', attributes: format.show(value) }).attributes ?? {}, {}),
    parse: parsing(format.parse, part, faults),
  };
}

function embed(format: EmbedFormat, module: LoadedModule, faults: Faults, contextOf: ContextOf): PageEmbed {
  const { plugin } = module;
  const part = partOf(format, plugin);
  const { view, text, name, ...rest } = format;
  const byName: ShownEmbed = { tag: 'span', attributes: { class: 'opaque-embed' }, text: `[${name}]` };
  const show = (value: unknown): ShownEmbed => faults.run(part, () => checked(format.show(value)), byName);
  const seen: PageEmbed = {
    ...rest,
    name,
    allows: allowing(format, part, faults),
    show,
    parse: parsing(format.parse, part, faults),
    ...(text === undefined ? {} : { text: (value: unknown) => faults.run(part, () => String(text(value)), show(value).text ?? '') }),
  };
  if (view === undefined) return seen;
  return {
    ...seen,
    view: (place) => {
      const made = faults.run(part, () => element(view({ ...contextOf(module, place.editor), ...place })), null);
      return made === null ? drawn(show(place.value)) : guardedView(made, part, faults);
    },
  };
}

function guardedView(view: EmbedView, part: Part, faults: Faults): EmbedView {
  return {
    element: view.element,
    update: (value) => faults.run(part, () => view.update?.(value) === true, false),
    stopEvent: (event) => faults.run(part, () => view.stopEvent?.(event) === true, false),
    destroy: () => faults.run(part, () => view.destroy?.(), undefined),
  };
}

/** What a format is shown as when its view failed. */
function drawn({ tag, attributes = {}, text = '' }: ShownEmbed): EmbedView {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return { element };
}

const TAG = /^[a-z][a-z0-9-]*$/;
const ATTRIBUTE = /^[a-z_:][a-z0-9_.:-]*$/i;

/** What ProseMirror could not draw must fail here, where it is caught. */
function checked<S extends ShownEmbed>(shown: S): S {
  if (!TAG.test(shown.tag)) throw new TypeError(`“${shown.tag}” is no element`);
  for (const [name, value] of Object.entries(shown.attributes ?? {})) {
    if (!ATTRIBUTE.test(name) || typeof value !== 'string') throw new TypeError(`“${name}” is no attribute with a text`);
  }
  if (shown.text !== undefined && typeof shown.text !== 'string') throw new TypeError('what is shown is no text');
  return shown;
}

function element(view: EmbedView): EmbedView {
  if (!(view.element instanceof HTMLElement)) throw new TypeError('a view has an element');
  return view;
}
