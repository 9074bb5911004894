import { useEffect } from 'react';
import type { Editor } from '@tiptap/react';
import { indexAt, posAt } from '../document';

const NAME = 'tandem:place';

/** Where somebody was on a page when it was loaded anew. */
interface KeptPlace {
  readonly page: string;
  readonly anchor: number;
  readonly head: number;
  /** How far the window was scrolled, in pixels. */
  readonly scroll: number;
  /** Whether the text was worked on: pressing a button of the page is no reason to begin anew. */
  readonly used: boolean;
}

/** Leads back to where the user was, when the page is loaded anew in the same tab. */
export function usePlaceKept(page: string, editor: Editor | null, loaded: boolean): void {
  useEffect(() => {
    if (editor === null || !loaded) return undefined;
    // A text that is drawn when the document is there already gets it right after this, with the caret at its start.
    const later = window.setTimeout(() => restore(page, editor));
    let used = editor.isFocused;
    const use = (): void => void (used = true);
    const keep = (): void => sessionStorage.setItem(NAME, JSON.stringify(placeOf(page, editor, used)));
    editor.on('focus', use);
    window.addEventListener('pagehide', keep);
    return () => {
      window.clearTimeout(later);
      editor.off('focus', use);
      window.removeEventListener('pagehide', keep);
    };
  }, [page, editor, loaded]);
}

function placeOf(page: string, editor: Editor, used: boolean): KeptPlace {
  const { doc, selection } = editor.state;
  return {
    page,
    anchor: indexAt(doc, selection.anchor),
    head: indexAt(doc, selection.head),
    scroll: window.scrollY,
    used,
  };
}

function restore(page: string, editor: Editor): void {
  const kept = JSON.parse(sessionStorage.getItem(NAME) ?? 'null') as KeptPlace | null;
  sessionStorage.removeItem(NAME);
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (kept?.page !== page || navigation?.type !== 'reload') return;
  const { doc } = editor.state;
  const from = posAt(doc, kept.anchor);
  const to = posAt(doc, kept.head);
  editor.commands.setTextSelection({ from, to });
  if (kept.used) editor.commands.focus(null, { scrollIntoView: false });
  window.scrollTo(0, kept.scroll);
}
