import Delta from 'quill-delta';
import { Plugin, Selection, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { Node } from '@tiptap/pm/model';
import type { EditorView } from '@tiptap/pm/view';
import { allowedChange } from './allowed';
import { applyChange, inverseOf } from './apply';
import { bindingKey, changeBy, follow, nothingSince, shape, type Dispatched, type Entered, type Shaped } from './binding-state';
import { caretsKey } from './carets';
import { changeBetween } from './changes';
import { contentBetween } from './linesOf';
import { lines } from './lines';
import { formatsOf } from './page-formats';
import { indexAt, posAt } from './positions';
import type { EditorSession, Place, SessionEditor } from './session-port';
import { tree } from './tree';
import { kindOf, UndoStack, type EditKind } from './undo';

/** The clock that groups edits for undo, in milliseconds. */
export type Clock = () => number;

/**
 * Binds one editor view to a session: what the user does becomes changes for the session, what
 * others do becomes transactions that no undo knows. While an input method composes, the changes of
 * others wait; what is typed meanwhile is carried over them with the protocol's ties.
 */
export class Binding implements SessionEditor {
  private readonly steps = new UndoStack();
  private view: EditorView | null = null;
  private shown: Node | null = null;
  private seen: Dispatched | undefined;
  private waiting = new Delta();
  private kind: EditKind | null = null;
  private detach: (() => void) | null = null;
  private selected = '';

  constructor(
    private readonly session: EditorSession,
    private readonly clock: Clock = () => Date.now(),
  ) {}

  /** The plugin that carries this binding; it serves one view. */
  plugin(): Plugin<Dispatched> {
    return new Plugin<Dispatched>({
      key: bindingKey,
      state: {
        init: (_config, state) => nothingSince(state.doc),
        apply: (tr, value, before) => follow(tr, value, before.doc),
      },
      appendTransaction: (_transactions, _before, now) => shape(now),
      filterTransaction: (tr) =>
        !tr.docChanged || isSettled(tr) || this.session.canEdit(),
      props: {
        editable: () => this.session.canEdit(),
        handleDOMEvents: {
          compositionend: () => {
            this.afterComposition();
            return false;
          },
          blur: () => {
            this.tellSelection(true);
            return false;
          },
          focus: () => {
            this.tellSelection();
            return false;
          },
        },
      },
      view: (view) => {
        this.view = view;
        this.shown = view.state.doc;
        this.seen = bindingKey.getState(view.state);
        // The view is not complete before this call returns.
        queueMicrotask(() => {
          if (this.view === view) this.detach = this.session.attach(this);
        });
        return {
          update: () => this.updated(view),
          destroy: () => {
            this.detach?.();
            this.detach = null;
            this.view = null;
          },
        };
      },
    });
  }

  /** @inheritdoc */
  load(document: Delta): void {
    const view = this.view;
    if (view === null) return;
    this.waiting = new Delta();
    this.steps.clear();
    const doc = tree(lines(document), view.state.schema);
    const tr = view.state.tr.replaceWith(0, view.state.doc.content.size, doc.content);
    tr.setSelection(Selection.atStart(tr.doc));
    this.enter(tr, 'remote', new Delta());
  }

  /** @inheritdoc */
  change(delta: Delta): void {
    this.waiting = this.waiting.compose(delta);
    if (this.view?.composing === false) this.showWaiting();
  }

  /** @inheritdoc */
  refresh(): void {
    const view = this.view;
    if (view === null || view.composing) return;
    view.dispatch(view.state.tr.setMeta(caretsKey, this.session.carets()));
  }

  /** Takes this user's last step back, or does it again, in the given transaction. */
  step(tr: Transaction, back: boolean): boolean {
    if (tr.docChanged || this.waiting.ops.length > 0 || !this.session.canEdit()) return false;
    const contentAt = (from: number, to: number): Delta => contentBetween(tr.doc, from, to);
    const allowed = (change: Delta): Delta => allowedChange(change, contentAt, formatsOf(tr.doc.type.schema));
    const invert = (change: Delta): Delta => inverseOf(allowed(change), contentAt);
    for (;;) {
      const step = back ? this.steps.undo(invert) : this.steps.redo(invert);
      if (step === null) return false;
      const change = allowed(step);
      if (change.ops.length === 0) continue;
      applyChange(tr, change);
      placeCaret(tr, change);
      tr.setMeta(bindingKey, { origin: 'undo', change, doc: tr.doc } satisfies Entered);
      tr.setMeta('addToHistory', false).setMeta('preventAutolink', true).scrollIntoView();
      return true;
    }
  }

  /** Whether {@link step} has something to do. */
  canStep(back: boolean): boolean {
    return back ? this.steps.canUndo : this.steps.canRedo;
  }

  /** Makes the next edit a step of its own for undo. */
  nextIsOther(): void {
    this.kind = 'other';
  }

  private updated(view: EditorView): void {
    const dispatched = bindingKey.getState(view.state);
    if (dispatched !== this.seen && dispatched !== undefined) {
      this.seen = dispatched;
      this.take(dispatched, view.state.doc);
    }
    if (this.waiting.ops.length > 0 && !view.composing) {
      queueMicrotask(() => this.showWaiting());
    }
    this.tellSelection();
  }

  /** Tells the session what the dispatch did, as far as it came from this user. */
  private take(dispatched: Dispatched, now: Node): void {
    const { before, entered } = dispatched;
    const known = before === this.shown;
    if (known && entered !== null) {
      this.shown = entered.doc;
      if (entered.origin === 'undo') this.tell(entered.change);
      else if (entered.origin === 'own') this.edited(entered.change, before);
    }
    const shown = this.shown;
    if (shown === null || shown === now) return;
    const change = known ? changeBy(dispatched, shown, now) : changeBetween(shown, now, null);
    this.shown = now;
    if (change.ops.length > 0) this.edited(change, shown);
  }

  /** Makes an edit of this user a step for undo, and tells it. */
  private edited(change: Delta, before: Node): void {
    const contentAt = (from: number, to: number): Delta => contentBetween(before, from, to);
    const kind = this.kind ?? kindOf(change);
    this.steps.record(change, inverseOf(change, contentAt), kind, this.clock());
    this.kind = null;
    this.tell(change);
  }

  private tell(change: Delta): void {
    const told = this.waiting.transform(change, true);
    this.waiting = change.transform(this.waiting, false);
    this.session.edit(told);
  }

  private showWaiting(): void {
    const view = this.view;
    const change = this.waiting;
    if (view === null || view.composing || change.ops.length === 0) return;
    this.waiting = new Delta();
    this.steps.through(change);
    const tr = applyChange(view.state.tr, change);
    this.enter(tr, 'remote', change);
  }

  private enter(tr: Transaction, origin: Entered['origin'], change: Delta): void {
    tr.setMeta(bindingKey, { origin, change, doc: tr.doc } satisfies Entered);
    tr.setMeta('addToHistory', false).setMeta('preventAutolink', true);
    tr.setMeta('preventClearDocument', true).setMeta(caretsKey, this.session.carets());
    this.view?.dispatch(tr);
  }

  /** The view still counts as composing when the event arrives; it settles within a frame or two. */
  private afterComposition(): void {
    const settle = (): void => {
      if (this.view === null || this.waiting.ops.length === 0) return;
      if (this.view.composing) setTimeout(settle, 30);
      else this.showWaiting();
    };
    setTimeout(settle, 30);
  }

  private tellSelection(leaving = false): void {
    const view = this.view;
    if (view === null) return;
    const place = leaving || !view.hasFocus() ? null : this.placeOf(view);
    const text = place === null ? '' : `${place.index} ${place.length}`;
    if (text === this.selected) return;
    this.selected = text;
    this.session.select(place);
  }

  private placeOf(view: EditorView): Place {
    const { doc, selection } = view.state;
    const ends = [indexAt(doc, selection.from), indexAt(doc, selection.to)];
    const from = this.waiting.transformPosition(Math.min(...ends));
    const to = this.waiting.transformPosition(Math.max(...ends), true);
    return { index: from, length: Math.max(0, to - from) };
  }
}

/** Whether a transaction does what was let through already: a change of others, an undo, or the shaping of an edit. */
function isSettled(tr: Transaction): boolean {
  const meta = tr.getMeta(bindingKey) as Entered | Shaped | undefined;
  return meta !== undefined && meta.origin !== 'own';
}

/** After an undo the caret stands where the last change was made. */
function placeCaret(tr: Transaction, change: Delta): void {
  let index = 0;
  let at = 0;
  for (const op of change.ops) {
    const length = Delta.Op.length(op);
    if (op.delete === undefined) index += length;
    if (op.retain === undefined || op.attributes !== undefined) at = index;
  }
  tr.setSelection(TextSelection.create(tr.doc, posAt(tr.doc, at)));
}
