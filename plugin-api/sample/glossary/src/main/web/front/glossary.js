// A side panel with the terms of the page's glossaries. A plain module: it is served as it stands here.
import { definePlugin } from '@tandem/sdk';

/**
 * What the plugin's servlet answers.
 * @typedef {{ mayChange: boolean, mark: string, terms: { word: string, meaning: string }[] }} Glossary
 */

/** Milliseconds after a change: it is committed by then; the second one is for what took longer. */
const LATER = [500, 3_000];

/**
 * @param {string} page
 * @param {AbortSignal} signal
 * @returns {Promise<Glossary>}
 */
async function read(page, signal) {
  const answer = await fetch(`/api/glossary/pages/${page}`, { signal });
  if (!answer.ok) throw new Error(`the wiki answered with ${answer.status}`);
  return answer.json();
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} text
 */
function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

/** @param {Glossary} glossary */
function drawn({ mayChange, mark, terms }) {
  const right = element('p', mayChange ? 'You may change this glossary.' : 'Those who administer the page keep this glossary.');
  right.className = 'glossary-right';
  if (terms.length === 0) {
    return [element('p', `No terms yet. A line such as “Owner: who answers for a page” below a heading “${mark}” is one.`), right];
  }
  const list = document.createElement('dl');
  list.className = 'glossary-terms';
  for (const { word, meaning } of terms) list.append(element('dt', word), element('dd', meaning));
  return [list, right];
}

/** @type {import('@tandem/sdk').Panel['mount']} */
function mount(panel, { editor, page }) {
  const closed = new AbortController();
  /** @type {number[]} */
  let timers = [];
  const draw = async () => {
    try {
      panel.replaceChildren(...drawn(await read(page.id, closed.signal)));
    } catch (error) {
      if (!closed.signal.aborted) panel.replaceChildren(element('p', `The terms are not to be had at the moment: ${error}`));
    }
  };
  const stop = () => timers.forEach((timer) => clearTimeout(timer));
  const later = () => {
    stop();
    timers = LATER.map((wait) => window.setTimeout(draw, wait));
  };
  editor.on('update', later);
  void draw();
  return () => {
    editor.off('update', later);
    stop();
    closed.abort();
  };
}

export default definePlugin({
  id: 'glossary',
  panels: [{ name: 'terms', title: 'Glossary', mount }],
});
