import { Plugin } from '@tiptap/pm/state';
import { cleanText } from './allowed';

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
    },
  });
}

/** What the schema cannot say becomes text: a table's rows and what a break parts become lines, a picture its description. */
export function plainer(html: string): string {
  if (!/<(table|img|br)\b/i.test(html)) return html;
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const image of page.querySelectorAll('img')) image.replaceWith(image.alt);
  for (const table of [...page.querySelectorAll('table')].reverse()) table.replaceWith(...rows(table));
  const breaks = [...page.querySelectorAll('br')].filter(isWithinText);
  breaks.forEach(breakLine);
  // Without a block around it, text before the first break would run on.
  return breaks.length === 0 ? page.body.innerHTML : `<div>${page.body.innerHTML}</div>`;
}

function rows(table: HTMLTableElement): HTMLElement[] {
  return [...table.querySelectorAll('tr')].map((row) => {
    const line = table.ownerDocument.createElement('p');
    // Otherwise a tab would be read as a space.
    line.style.whiteSpace = 'pre';
    line.textContent = [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, ' ')).join('\t');
    return line;
  });
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
