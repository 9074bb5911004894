import type { SuggestionProps } from '@tiptap/suggestion';
import type { MenuItem } from './slash-entries';

/** A menu in the text, as it is to be drawn. */
export interface OpenMenu {
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Index of the entry that Enter chooses. */
  readonly active: number;
  /** Where it is drawn: beside the caret. */
  readonly place: HTMLElement;
}

/** The id of the list; its entries' are made of it and their index. */
export const MENU_ID = 'editor-menu';

/**
 * The menu that is open in the text, if there is one. The keyboard stays in the text, so that typing goes
 * on filtering; the text names the entry that Enter would choose (`aria-activedescendant`).
 * A store to subscribe to.
 */
export class ChoiceMenu {
  private readonly listeners = new Set<() => void>();
  private open: OpenMenu | null = null;
  private props: SuggestionProps<MenuItem, MenuItem> | null = null;
  private unmount: () => void = () => undefined;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getSnapshot = (): OpenMenu | null => this.open;

  /** Opens, or shows what is offered now. */
  show(label: string, props: SuggestionProps<MenuItem, MenuItem>): void {
    this.props = props;
    // While entries are on their way the old ones stay.
    const items = props.loading ? (this.open?.items ?? []) : props.items;
    if (this.open === null) {
      const place = document.createElement('div');
      place.className = 'editor-menu-place';
      this.unmount = props.mount(place);
      this.publish({ label, items, active: 0, place });
    } else {
      this.publish({ ...this.open, label, items, active: props.loading ? this.open.active : 0 });
    }
  }

  /** Closes. */
  hide(): void {
    this.unmount();
    this.unmount = () => undefined;
    this.publish(null);
    this.props = null;
  }

  /** Does what a key means while it is open; false when the key is none of its own. */
  press(key: string): boolean {
    if (this.open === null || this.open.items.length === 0) return false;
    const { items, active } = this.open;
    switch (key) {
      case 'ArrowDown':
        this.publish({ ...this.open, active: (active + 1) % items.length });
        return true;
      case 'ArrowUp':
        this.publish({ ...this.open, active: (active + items.length - 1) % items.length });
        return true;
      case 'Enter':
      case 'Tab':
        this.choose(active);
        return true;
      default:
        return false;
    }
  }

  /** Chooses an entry. */
  choose(index: number): void {
    const item = this.open?.items[index];
    if (item !== undefined) this.props?.command(item);
  }

  private publish(open: OpenMenu | null): void {
    const text = this.props?.editor.view.dom;
    if (text !== undefined) announce(text, open);
    this.open = open;
    for (const listener of [...this.listeners]) listener();
  }
}

function announce(text: HTMLElement, open: OpenMenu | null): void {
  const isShown = open !== null && open.items.length > 0;
  const said = { 'aria-haspopup': 'listbox', 'aria-controls': MENU_ID, 'aria-activedescendant': isShown ? `${MENU_ID}-${open.active}` : '' };
  for (const [name, value] of Object.entries(said)) {
    if (isShown) text.setAttribute(name, value);
    else text.removeAttribute(name);
  }
}
