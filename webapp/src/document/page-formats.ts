import type { Schema } from '@tiptap/pm/model';
import type { AttributeMap } from 'quill-delta';
import type { EmbedContext, EmbedFormat, EmbedView, Format, InlineFormat, LineFormat } from '../sdk';
import { isDivider, isInlineFormat, isLineFormat, type JsonObject } from './formats';

/** An embed's format; its view is given what a document knows. */
export interface PageEmbed extends Omit<EmbedFormat, 'view'> {
  readonly view?: (place: Pick<EmbedContext, 'editor' | 'value' | 'set'>) => EmbedView;
}

/** The formats that plugins bring, already known to be of the right shape and to clash with nothing. */
export interface PluginFormats {
  readonly inline: readonly InlineFormat[];
  readonly lines: readonly LineFormat[];
  readonly embeds: readonly PageEmbed[];
}

/** An embed that a plugin's format stands for. */
export interface KnownEmbed {
  readonly format: PageEmbed;
  readonly value: unknown;
}

/**
 * All formats that this client knows: the built-in ones and those of plugins. A schema is made for
 * one set of them and carries it, so that whatever works on a document works with the same.
 */
export class PageFormats {
  readonly inline: ReadonlyMap<string, InlineFormat>;
  readonly lines: ReadonlyMap<string, LineFormat>;
  readonly embeds: ReadonlyMap<string, PageEmbed>;
  private readonly answers = new WeakMap<Format, Map<string, boolean>>();

  constructor({ inline, lines, embeds }: PluginFormats) {
    this.inline = byName(inline);
    this.lines = byName(lines);
    this.embeds = byName(embeds);
  }

  /** Whether this is an inline attribute that this client can show and set. */
  isInline(name: string, value: unknown): boolean {
    return isInlineFormat(name, value) || this.allows(this.inline.get(name), value);
  }

  /** Whether this is a line attribute that this client can show and set. */
  isLine(name: string, value: unknown): boolean {
    return isLineFormat(name, value) || this.allows(this.lines.get(name), value);
  }

  /** Whether this is an embed that this client can show and insert. */
  isEmbed(embed: JsonObject): boolean {
    return isDivider(embed) || this.embedOf(embed) !== null;
  }

  /** The format of an embed, when it is a plugin's that this client knows; null otherwise. */
  embedOf(embed: JsonObject): KnownEmbed | null {
    const [name, ...others] = Object.keys(embed);
    if (name === undefined || others.length > 0) return null;
    const format = this.embeds.get(name);
    return format !== undefined && this.allows(format, embed[name]) ? { format, value: embed[name] } : null;
  }

  /** The part of a line's attributes that a new line may carry: those that this client knows. */
  knownLineAttributes(attributes: AttributeMap): AttributeMap {
    return Object.fromEntries(Object.entries(attributes).filter(([name, value]) => this.isLine(name, value)));
  }

  /** The plugins' line formats among some attributes. */
  linesIn(attributes: AttributeMap): LineFormat[] {
    return [...this.lines.values()].filter(({ name }) => name in attributes && this.isLine(name, attributes[name]));
  }

  /** A plugin is asked once for each value: an answer that changed would make the shaping of an edit endless. */
  private allows(format: Format | undefined, value: unknown): boolean {
    if (format === undefined || value === undefined || value === null) return false;
    const key = JSON.stringify(value);
    let known = this.answers.get(format);
    if (known === undefined) this.answers.set(format, (known = new Map()));
    let answer = known.get(key);
    if (answer === undefined) {
      answer = format.allows(value) === true;
      known.set(key, answer);
    }
    return answer;
  }
}

function byName<F extends Format>(formats: readonly F[]): ReadonlyMap<string, F> {
  return new Map(formats.map((format) => [format.name, format]));
}

/** What this client knows without any plugin. */
export const BUILT_IN = new PageFormats({ inline: [], lines: [], embeds: [] });

/** The formats that a schema was made for. */
export function formatsOf(schema: Schema): PageFormats {
  return schema.topNodeType.spec['formats'] as PageFormats;
}
