import type { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import type { NodeView } from '@tiptap/pm/view';
import { sameAttributes } from './lines';
import { formatsOf, type PageEmbed } from './page-formats';

/** Elements that handle keys and clicks themselves. */
const CONTROLS = 'input, textarea, select, button, a[href], [contenteditable=true]';

/** Binds the view that a plugin makes of an embed to ProseMirror. */
export function embedView(format: PageEmbed, view: NonNullable<PageEmbed['view']>, node: Node, editor: Editor, posOf: () => number | undefined): NodeView {
  const shown = view({
    editor,
    value: node.attrs['value'] as unknown,
    set: (value) => {
      const pos = posOf();
      if (pos === undefined || !editor.isEditable || !formatsOf(editor.schema).isEmbed({ [format.name]: value })) return false;
      editor.view.dispatch(editor.state.tr.setNodeAttribute(pos, 'value', value));
      return true;
    },
  });
  let { attrs } = node;
  return {
    dom: shown.element,
    update: (next) => {
      if (next.type !== node.type) return false;
      const isSame = sameAttributes({ value: next.attrs['value'] }, { value: attrs['value'] });
      if (!isSame && shown.update?.(next.attrs['value']) !== true) return false;
      attrs = next.attrs;
      return true;
    },
    stopEvent: (event) => isOfControl(event, shown.element) || shown.stopEvent?.(event) === true,
    ignoreMutation: () => true,
    ...(shown.destroy === undefined ? {} : { destroy: shown.destroy }),
  };
}

function isOfControl({ target }: Event, within: HTMLElement): boolean {
  const control = target instanceof Element ? target.closest(CONTROLS) : null;
  return control !== null && within.contains(control);
}
