import type { ReactNode } from 'react';
import { useEditorState, type Editor } from '@tiptap/react';
import { RichTextEditor } from '@mantine/tiptap';
import { AlignMenu, CalloutMenu } from './LineMenus';
import { LinkControl } from './LinkControl';
import { TableControls } from './TableControls';

const apple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A shortcut as the machine's keyboard shows it. */
function keys(shortcut: string): string {
  return shortcut.replace('Mod', apple ? '⌘' : 'Ctrl').replaceAll('-', apple ? '' : '+');
}

/** A control's label with its shortcut. */
function hint(label: string, shortcut: string): { 'aria-label': string; title: string } {
  return { 'aria-label': label, title: `${label} (${keys(shortcut)})` };
}

/** All formats of a page, and behind them what plugins add. */
export function Toolbar({ editor, children }: { editor: Editor; children?: ReactNode }) {
  const can = useEditorState({
    editor,
    selector: ({ editor: current }) => ({
      undo: current.can().undo(),
      redo: current.can().redo(),
      paragraph: current.isActive('paragraph'),
    }),
  });
  const run = (): ReturnType<Editor['chain']> => editor.chain().focus();
  return (
    <RichTextEditor.Toolbar sticky role="toolbar" aria-label="Formats">
      <RichTextEditor.ControlsGroup>
        <RichTextEditor.Control
          {...hint('Paragraph', 'Mod-Alt-0')}
          active={can.paragraph}
          onClick={() => run().setParagraph().run()}
        >
          ¶
        </RichTextEditor.Control>
        <RichTextEditor.H1 {...hint('Heading 1', 'Mod-Alt-1')} />
        <RichTextEditor.H2 {...hint('Heading 2', 'Mod-Alt-2')} />
        <RichTextEditor.H3 {...hint('Heading 3', 'Mod-Alt-3')} />
      </RichTextEditor.ControlsGroup>
      <RichTextEditor.ControlsGroup>
        <RichTextEditor.Bold {...hint('Bold', 'Mod-B')} />
        <RichTextEditor.Italic {...hint('Italic', 'Mod-I')} />
        <RichTextEditor.Underline {...hint('Underline', 'Mod-U')} />
        <RichTextEditor.Strikethrough {...hint('Strike', 'Mod-Shift-S')} />
        <RichTextEditor.Code {...hint('Inline code', 'Mod-E')} />
        <LinkControl editor={editor} />
      </RichTextEditor.ControlsGroup>
      <RichTextEditor.ControlsGroup>
        <RichTextEditor.BulletList {...hint('Bullet list', 'Mod-Shift-8')} />
        <RichTextEditor.OrderedList {...hint('Ordered list', 'Mod-Shift-7')} />
        <RichTextEditor.TaskList {...hint('Check list', 'Mod-Shift-9')} />
        <RichTextEditor.Control {...hint('Outdent', 'Shift-Tab')} onClick={() => run().outdentLines().run()}>
          ⇤
        </RichTextEditor.Control>
        <RichTextEditor.Control {...hint('Indent', 'Tab')} onClick={() => run().indentLines().run()}>
          ⇥
        </RichTextEditor.Control>
      </RichTextEditor.ControlsGroup>
      <RichTextEditor.ControlsGroup>
        <RichTextEditor.Blockquote {...hint('Quote', 'Mod-Shift-B')} />
        <RichTextEditor.CodeBlock {...hint('Code block', 'Mod-Alt-C')} />
        <CalloutMenu editor={editor} />
        <RichTextEditor.Hr aria-label="Horizontal rule" title="Horizontal rule" />
      </RichTextEditor.ControlsGroup>
      <RichTextEditor.ControlsGroup>
        <AlignMenu editor={editor} keys={keys} />
        <TableControls editor={editor} />
      </RichTextEditor.ControlsGroup>
      {children}
      <RichTextEditor.ControlsGroup>
        <RichTextEditor.Control
          {...hint('Undo', 'Mod-Z')}
          disabled={!can.undo}
          onClick={() => run().undo().run()}
        >
          ↶
        </RichTextEditor.Control>
        <RichTextEditor.Control
          {...hint('Redo', 'Mod-Shift-Z')}
          disabled={!can.redo}
          onClick={() => run().redo().run()}
        >
          ↷
        </RichTextEditor.Control>
      </RichTextEditor.ControlsGroup>
    </RichTextEditor.Toolbar>
  );
}
