import { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type Delta from 'quill-delta';
import { BUILT_IN, CoEditing, documentExtensions, lines, linesOf, posAt, tree, type PageFormats } from '../document';
import type { SessionEvent } from '../sync/events';
import { PageSession } from '../sync/PageSession';
import { ModelConnection } from './connection';
import type { ModelServer } from './server';

// What browsers have and ProseMirror reads from the style sheets of pasted pages.
Object.defineProperty(CSSStyleSheet.prototype, 'rules', {
  get(this: CSSStyleSheet) {
    return this.cssRules;
  },
});

const opened = new Set<EditorClient>();

/** A client with a real editor, bound to a real session over a model connection. */
export class EditorClient extends ModelConnection {
  readonly session: PageSession;
  readonly editor: Editor;
  private report: (event: SessionEvent) => void = () => undefined;

  private constructor(server: ModelServer, client: string, formats: PageFormats) {
    super(server);
    this.session = new PageSession({ client, random: () => 0.5 }, (report) => {
      this.report = report;
      return this;
    }, () => this.now);
    const element = document.body.appendChild(document.createElement('div'));
    this.editor = new Editor({
      element,
      extensions: [...documentExtensions(formats), CoEditing.configure({ session: this.session })],
    });
    opened.add(this);
  }

  /** Opens the page and waits for its document. */
  static async open(server: ModelServer, client = 'a', formats = BUILT_IN): Promise<EditorClient> {
    const opening = new EditorClient(server, client, formats);
    await turn();
    opening.session.start();
    opening.settle();
    return opening;
  }

  override event(event: SessionEvent): void {
    this.report(event);
  }

  get view(): EditorView {
    return this.editor.view;
  }

  /** The document as the editor shows it. */
  get shown(): Delta {
    return linesOf(this.editor.state.doc);
  }

  /** Throws unless the tree is sound and the one that its lines mean. */
  check(): void {
    const { doc, schema } = this.editor.state;
    doc.check();
    if (!tree(lines(this.shown), schema).eq(doc)) throw new Error(`this is not what its lines mean: ${doc.toString()}`);
  }

  /** Selects from one delta index to another; a caret never stands within a character. */
  select(anchor: number, head = anchor): this {
    const { doc, tr } = this.editor.state;
    const [from, to] = [anchor, head].map((index) => wholePlace(doc, posAt(doc, index))) as [number, number];
    this.view.dispatch(tr.setSelection(TextSelection.create(doc, from, to)));
    return this;
  }

  /** Types a text character by character, as a browser without an input method would. */
  type(text: string): this {
    for (const char of text) this.typeOne(char);
    return this;
  }

  private typeOne(char: string): void {
    const { view } = this;
    const { from, to } = view.state.selection;
    const plain = () => view.state.tr.insertText(char);
    const handled = view.someProp('handleTextInput', (handle) => handle(view, from, to, char, plain));
    if (handled !== true) view.dispatch(plain());
  }

  /** Presses a key, such as `Mod-Shift-8`; what the editor leaves to the browser is done as a browser does it. */
  press(...keys: string[]): this {
    for (const name of keys) {
      const parts = name.split('-');
      const key = parts.at(-1) ?? '';
      const event = new KeyboardEvent('keydown', {
        key,
        ctrlKey: parts.includes('Mod'),
        shiftKey: parts.includes('Shift'),
        altKey: parts.includes('Alt'),
        bubbles: true,
        cancelable: true,
      });
      if (this.view.dom.dispatchEvent(event) && !this.view.composing) this.deleteAsBrowser(key);
    }
    return this;
  }

  private deleteAsBrowser(key: string): void {
    if (key !== 'Backspace' && key !== 'Delete') return;
    const { tr, selection } = this.view.state;
    const { $from, empty } = selection;
    if (!empty) return this.view.dispatch(tr.deleteSelection());
    const { nodeBefore, nodeAfter, pos } = $from;
    const size = key === 'Backspace' ? charSize(nodeBefore?.text, -1) : charSize(nodeAfter?.text, 0);
    if (key === 'Backspace' && nodeBefore !== null) this.view.dispatch(tr.delete(pos - size, pos));
    if (key === 'Delete' && nodeAfter !== null) this.view.dispatch(tr.delete(pos, pos + size));
  }

  /** An input method begins to compose. */
  startComposing(): void {
    this.view.dom.dispatchEvent(new Event('compositionstart', { bubbles: true }));
  }

  /** An input method ends; what the binding has to do then, it does after a moment: see {@link moment}. */
  endComposing(): void {
    this.view.dom.dispatchEvent(new Event('compositionend', { bubbles: true }));
  }

  close(): void {
    opened.delete(this);
    const element = this.view.dom.parentElement;
    this.editor.destroy();
    element?.remove();
  }
}

/** How long the character at the end, or at the start, of a text is; a thing that is no text is one long. */
function charSize(text: string | undefined, at: -1 | 0): number {
  return [...(text ?? ' ')].at(at)?.length ?? 1;
}

/** The position itself, or the one before when it lies within a surrogate pair. */
export function wholePlace(doc: Node, pos: number): number {
  const around = doc.textBetween(Math.max(0, pos - 1), Math.min(doc.content.size, pos + 1));
  return /^[\ud800-\udbff][\udc00-\udfff]/.test(around) ? pos - 1 : pos;
}

/** Waits until everything ran that was put off to a microtask. */
export async function turn(): Promise<void> {
  for (let i = 0; i < 3; i++) await Promise.resolve();
}

/** Closes every editor; for afterEach. */
export function closeEditors(): void {
  for (const client of opened) client.close();
}
