import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { Node } from '@tiptap/pm/model';
import { posAt } from './positions';
import type { PeerCaret } from './session-port';

/** The key of the plugin that shows the carets of others; its meta is the list of them. */
export const caretsKey = new PluginKey<DecorationSet>('peer-carets');

const COLOR = /^(#[0-9a-f]{3,8}|(rgb|hsl)a?\([0-9.,%/ deg]+\)|[a-z]+)$/i;

/** Shows the carets and selections of others; between two lists of them they move with the text. */
export function caretsPlugin(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: caretsKey,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, shown) {
        const carets = tr.getMeta(caretsKey) as readonly PeerCaret[] | undefined;
        if (carets !== undefined) return decorations(tr.doc, carets);
        return tr.docChanged ? shown.map(tr.mapping, tr.doc) : shown;
      },
    },
    props: {
      decorations(state) {
        return caretsKey.getState(state);
      },
    },
  });
}

function decorations(doc: Node, carets: readonly PeerCaret[]): DecorationSet {
  return DecorationSet.create(
    doc,
    carets.flatMap((caret) => {
      const color = COLOR.test(caret.color) ? caret.color : 'gray';
      const from = posAt(doc, caret.index);
      const to = posAt(doc, caret.index + caret.length);
      const flag = Decoration.widget(to, () => flagElement(caret.name, color), {
        key: `${caret.client} ${color} ${caret.name}`,
        side: 1,
        ignoreSelection: true,
      });
      if (from >= to) return [flag];
      const attrs = { class: 'peer-selection', style: `--peer-color: ${color}` };
      return [Decoration.inline(from, to, attrs), flag];
    }),
  );
}

/** The name is drawn by the style sheet: it is no text of the page, to be copied or read out with it. */
function flagElement(name: string, color: string): HTMLElement {
  const caret = document.createElement('span');
  caret.className = 'peer-caret';
  caret.style.setProperty('--peer-color', color);
  const flag = document.createElement('span');
  flag.className = 'peer-flag';
  flag.dataset['name'] = name;
  caret.append(flag);
  return caret;
}
