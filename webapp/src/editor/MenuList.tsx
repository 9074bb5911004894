import { useEffect, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { MENU_ID, type ChoiceMenu } from './choice-menu';

/** Draws the menu that is open in the text. */
export function MenuList({ menu }: { menu: ChoiceMenu }) {
  const open = useSyncExternalStore(menu.subscribe, menu.getSnapshot);
  const active = open?.active;
  useEffect(() => {
    if (active !== undefined) document.getElementById(`${MENU_ID}-${active}`)?.scrollIntoView?.({ block: 'nearest' });
  }, [active, open?.items]);
  if (open === null || open.items.length === 0) return null;
  return createPortal(
    <div className="editor-menu" role="listbox" id={MENU_ID} aria-label={open.label}>
      {open.items.map((item, i) => (
        <div
          key={`${i} ${item.title}`}
          id={`${MENU_ID}-${i}`}
          className="editor-menu-entry"
          role="option"
          aria-selected={i === active}
          // The caret stays in the text.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => menu.choose(i)}
        >
          {item.title}
          {item.description !== undefined && <small>{item.description}</small>}
        </div>
      ))}
    </div>,
    open.place,
  );
}
