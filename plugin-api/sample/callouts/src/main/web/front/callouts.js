// Callouts and mentions in the editor. A plain module: it is served as it stands here.
import { definePlugin } from '@tandem/sdk';

/** The values of the line format, as in the Java class Kind. */
const KINDS = [
  { value: 'decision', title: 'Decision', description: 'What was decided.', keywords: ['agreed', 'callout'] },
  { value: 'question', title: 'Question', description: 'What is open.', keywords: ['open', 'ask', 'callout'] },
  { value: 'example', title: 'Example', description: 'How it is done.', keywords: ['instance', 'callout'] },
];

/**
 * A value of the embed, as in the Java class Mention. The wiki makes it: it takes no other.
 * @typedef {{ user: string, name: string, mention: string, seal: string }} Mention
 */

/**
 * @param {unknown} value
 * @returns {value is Mention}
 */
function isMention(value) {
  if (typeof value !== 'object' || value === null) return false;
  const members = /** @type {Record<string, unknown>} */ (value);
  return Object.keys(members).length === 4 && ['user', 'name', 'mention', 'seal'].every((name) => typeof members[name] === 'string');
}

/** @type {import('@tandem/sdk').Picker['choices']} */
async function people(query, { page }, signal) {
  const answer = await fetch(`/api/callouts/people/${page.id}?q=${encodeURIComponent(query)}`, { signal });
  if (!answer.ok) throw new Error(`the wiki answered with ${answer.status}`);
  const mentions = /** @type {Mention[]} */ (await answer.json());
  return mentions.map((mention) => ({
    title: mention.name,
    choose: ({ editor }) => editor.chain().focus().insertEmbed('callouts-mention', mention).insertContent(' ').run(),
  }));
}

export default definePlugin({
  id: 'callouts',
  lines: [
    {
      name: 'callouts',
      allows: (value) => KINDS.some((kind) => kind.value === value),
      show: (value) => ({ class: `callouts callouts-${value}` }),
    },
  ],
  embeds: [
    {
      name: 'callouts-mention',
      allows: isMention,
      show: (value) => ({ tag: 'span', attributes: { class: 'callouts-mention' }, text: `@${/** @type {Mention} */ (value).name}` }),
    },
  ],
  commands: Object.fromEntries(
    KINDS.map(({ value }) => [
      value,
      /** @type {import('@tandem/sdk').Command} */
      (({ editor }) => editor.chain().focus().toggleLineFormat('callouts', value).run()),
    ]),
  ),
  toolbar: [{ name: 'decision', label: 'Decision', icon: { path: 'M5 12l5 5L20 7' }, command: 'decision' }],
  slash: KINDS.map(({ value, title, description, keywords }) => ({ name: value, title, description, keywords, command: value })),
  shortcuts: [{ keys: 'Mod-Alt-d', command: 'decision' }],
  pickers: [{ trigger: '@', label: 'People', choices: people }],
});
