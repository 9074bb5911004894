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
        return plainTables(html);
      },
    },
  });
}

/** What the schema cannot say becomes text: a table's rows become lines, a picture its description. */
export function plainTables(html: string): string {
  if (!/<(table|img)\b/i.test(html)) return html;
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const image of page.querySelectorAll('img')) image.replaceWith(image.alt);
  for (const table of [...page.querySelectorAll('table')].reverse()) {
    const rows = [...table.querySelectorAll('tr')].map((row) => {
      const line = page.createElement('p');
      line.textContent = [...row.cells].map((cell) => cell.textContent.trim()).join('\t');
      return line;
    });
    table.replaceWith(...rows);
  }
  return page.body.innerHTML;
}
