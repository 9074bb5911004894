/** @module The commands that the editor has for formats of plugins. Each is false, and changes nothing, for a value that is not allowed. */

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    pluginFormats: {
      /** Gives the selected text, or what is typed next, an inline format. */
      setInlineFormat: (name: string, value: unknown) => ReturnType;
      /** Takes it away again. */
      unsetInlineFormat: (name: string) => ReturnType;
      /** Gives it, or takes it away when all of the selected text has it with this value. */
      toggleInlineFormat: (name: string, value: unknown) => ReturnType;
      /** Gives the selected lines a line format. */
      setLineFormat: (name: string, value: unknown) => ReturnType;
      /** Takes it away again. */
      unsetLineFormat: (name: string) => ReturnType;
      /** Gives it, or takes it away when all of the selected lines have it with this value. */
      toggleLineFormat: (name: string, value: unknown) => ReturnType;
      /** Puts an embed in the place of what is selected. */
      insertEmbed: (name: string, value: unknown) => ReturnType;
    };
  }
}

export {};
