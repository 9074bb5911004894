import { definePlugin } from '@tandem/sdk';
import { reactPanel } from '@tandem/sdk/react';
import { Editor } from '@tiptap/core';
import { EditorState } from '@tiptap/pm/state';
import { createElement } from 'react';

function Outline({ editor, page }) {
  const copies = editor instanceof Editor && editor.state instanceof EditorState ? 'one copy' : 'two copies';
  return createElement('p', null, `${page.title}: ${copies}`);
}

export default definePlugin({
  id: 'stars',
  inline: [{ name: 'stars-shine', allows: (value) => value === true, show: () => ({ tag: 'em' }) }],
  embeds: [{ name: 'stars', allows: (value) => typeof value === 'number', show: (value) => ({ tag: 'span', text: '★'.repeat(value) }) }],
  commands: {
    star: ({ editor }) => editor.commands.insertContent('★'),
    fail: () => {
      throw new Error('out of stars');
    },
  },
  toolbar: [
    { name: 'star', label: 'Star', icon: { text: '★' }, command: 'star' },
    { name: 'fail', label: 'Failing star', icon: { text: '☆' }, command: 'fail' },
  ],
  slash: [{ name: 'star', title: 'Star', description: 'A star in the text.', keywords: ['asterisk'], command: 'star' }],
  shortcuts: [{ keys: 'Mod-Alt-s', command: 'star' }],
  panels: [{ name: 'outline', title: 'Outline', mount: reactPanel(Outline) }],
});
