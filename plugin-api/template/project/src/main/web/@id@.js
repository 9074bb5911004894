// What the plugin adds to the editor: an ES module, which the browser loads as it is.
import { definePlugin } from '@tandem/sdk';

export default definePlugin({
  id: '@id@',
  inline: [
    {
      name: '@id@',
      allows: (value) => value === true,
      show: () => ({ tag: 'mark', attributes: { class: '@id@' } }),
    },
  ],
  commands: {
    mark: ({ editor }) => editor.chain().focus().toggleInlineFormat('@id@', true).run(),
  },
  toolbar: [
    {
      name: 'mark',
      label: '@name@',
      icon: { text: '@sign@' },
      command: 'mark',
      isActive: ({ editor }) => editor.isActive('@id@', { value: true }),
    },
  ],
  shortcuts: [{ keys: 'Mod-Alt-m', command: 'mark' }],
});
