import type { EditorContext } from './context.js';

/*
 * Formats are what a plugin stores in pages. A value is JSON and comes from other people's browsers and
 * older versions of the plugin: `allows` is the only thing that stands between it and the page. It is
 * asked once for each value, so the same value always gets the same answer. The plugin's Java part
 * declares the same formats to the server, which refuses a new value that it does not know.
 */

/** Attributes of an element. `class` is added to the classes that are there; handlers (`onclick`) do nothing in the wiki. */
export type ElementAttributes = Readonly<Record<string, string>>;

/** An element to be shown. */
export interface Shown {
  /** Name of the element, `span` for example. It must be one that may stand within text. */
  readonly tag: string;
  readonly attributes?: ElementAttributes;
}

/** An embed's element with its text. */
export interface ShownEmbed extends Shown {
  readonly text?: string;
}

/**
 * How a format is read from DOM that is pasted or dropped. What was copied in an editor of this wiki needs
 * none of this.
 */
export interface Pasted {
  /** A CSS selector of the elements that may mean the format. */
  readonly selector: string;
  /** The value that an element means; undefined: it does not mean the format. A value that is not allowed is dropped. */
  readonly value: (element: HTMLElement) => unknown;
}

/** What all formats have. */
export interface Format {
  /** The plugin's id, or a name that begins with the id and a hyphen; no two formats have one name. */
  readonly name: string;
  /** Whether a value may stand in a page. Any JSON can be asked for; what throws counts as no. */
  readonly allows: (value: unknown) => boolean;
}

/** A format of text: an attribute of characters, such as a colour or a term of a glossary. */
export interface InlineFormat extends Format {
  readonly show: (value: unknown) => Shown;
  readonly parse?: readonly Pasted[];
  /** Whether what is typed right behind such text gets the format too; true unless said otherwise. */
  readonly inclusive?: boolean;
}

/** A format of lines: an attribute of a line's newline, so it is of whole paragraphs, headings, items or lines of code. */
export interface LineFormat extends Format {
  /** Attributes for the line's element. Lines one below the other are told apart from others by CSS: `.mine + .mine`. */
  readonly show: (value: unknown) => ElementAttributes;
  /** A selector is tried on the line's element and on those around it. */
  readonly parse?: readonly Pasted[];
  /** Whether Enter at a line's end gives the next line the format too; true unless said otherwise. */
  readonly continues?: boolean;
}

/** A thing that stands in text as one character, such as a person who is mentioned. */
export interface EmbedFormat extends Format {
  /** How it is shown, also on the clipboard. */
  readonly show: (value: unknown) => ShownEmbed;
  /** What stands for it in plain text; its shown text unless said otherwise. */
  readonly text?: (value: unknown) => string;
  readonly parse?: readonly Pasted[];
  /** Makes what the editor shows instead of `show`, for embeds that can be worked with. */
  readonly view?: (context: EmbedContext) => EmbedView;
}

/** What the view of one embed may do. */
export interface EmbedContext extends EditorContext {
  readonly value: unknown;
  /** Puts another value in its place, as an edit of this user; false when it is not allowed or the page cannot be edited. */
  readonly set: (value: unknown) => boolean;
}

/**
 * The view of one embed. It lives until `destroy`; the editor makes a new one whenever it draws the
 * embed anew, so it keeps nothing that is not in the value.
 */
export interface EmbedView {
  readonly element: HTMLElement;
  /** Shows another value; false, or without it: a new view is made. */
  readonly update?: (value: unknown) => boolean;
  /** The editor leaves events in it alone for which this is true; it gets none of a form's elements in any case. */
  readonly stopEvent?: (event: Event) => boolean;
  readonly destroy?: () => void;
}
