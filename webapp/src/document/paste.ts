import { Plugin } from '@tiptap/pm/state';
import { cleanText } from './allowed';
import { areaOf } from './grid';
import { ownTables, regularTables } from './pasted-tables';

/** Cleans what is pasted or dropped; `onPaste` is called before it enters the document. */
export function pastePlugin(onPaste: () => void): Plugin {
  return new Plugin({
    props: {
      transformPastedText: (text) => {
        onPaste();
        return cleanText(text);
      },
      transformPastedHTML: (html) => {
        onPaste();
        return plainer(cleanText(html));
      },
      transformPasted: (slice, { state }) => ownTables(slice, areaOf(state.doc, state.selection) !== null),
    },
  });
}

/** What stands before the parts of a table that were copied without it; they are read as a table only within one. */
const PARTS = /^(?:\s|<!--(?:(?!-->)[^])*-->|<\/?(?:html|head|meta|body)\b[^>]*>)*(?=<(caption|colgroup|col|tbody|thead|tfoot|tr|td|th)\b)/i;

/** What the schema cannot say becomes text: what a break parts becomes lines, a picture its description. */
export function plainer(html: string): string {
  const whole = html.replace(PARTS, (_before, part: string) => (/^t[dh]$/i.test(part) ? '<table><tr>' : '<table>'));
  if (!/<(table|t(?:body|head|foot|r|d|h)|img|br)\b/i.test(whole)) return html;
  const page = new DOMParser().parseFromString(whole, 'text/html');
  for (const image of page.querySelectorAll('img')) image.replaceWith(image.alt);
  // What an editor of ours copied is a table of ours already, wrapped in a way that must stay.
  if (page.querySelector('[data-pm-slice]') === null) regularTables(page);
  const breaks = [...page.querySelectorAll('br')].filter(isWithinText);
  breaks.forEach(breakLine);
  // Without a block around it, text before the first break would run on.
  return breaks.length === 0 ? page.body.innerHTML : `<div>${page.body.innerHTML}</div>`;
}

/** A break that stands by itself only keeps an empty line open. */
function isWithinText(br: HTMLElement): boolean {
  return br.parentNode?.childNodes.length !== 1;
}

/** Makes a break one between blocks. */
function breakLine(br: HTMLElement): void {
  const page = br.ownerDocument;
  const paragraph = br.closest('p');
  br.replaceWith(br.closest('pre') === null ? page.createElement('div') : '\n');
  if (paragraph === null) return;
  // Read anew, a paragraph would end at a block in it.
  const block = page.createElement('div');
  block.append(...paragraph.childNodes);
  paragraph.replaceWith(block);
}
