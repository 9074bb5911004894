import { useMemo } from 'react';
import { RichTextEditor } from '@mantine/tiptap';
import { useEditor } from '@tiptap/react';
import { CoEditing, documentExtensions } from '../document';
import type { Contributions } from '../plugins';
import type { Offers, PageSession, SessionSnapshot } from '../sync';
import { ChoiceMenu } from './choice-menu';
import { choiceMenus } from './menu-extension';
import { KeptText } from './KeptText';
import { MenuList } from './MenuList';
import { usePlaceKept } from './place';
import { pluginShortcuts } from './plugin-shortcuts';
import { PluginToolbar } from './PluginToolbar';
import { PanelButtons, SidePanel, useOpenPanel } from './SidePanels';
import { Toolbar } from './Toolbar';

interface EditorTextProps {
  session: PageSession;
  /** What earlier tabs have left. */
  offers: Offers;
  state: SessionSnapshot;
  page: string;
  title: string;
  /** The nonce that the page's security policy asks of styles. */
  nonce: string;
  contributions: Contributions;
}

/** The text with its toolbar, the menus in it and the panels beside it. */
export function EditorText({ session, offers, state, page, title, nonce, contributions }: EditorTextProps) {
  const menu = useMemo(() => new ChoiceMenu(), []);
  const [open, setOpen] = useOpenPanel(contributions);
  // Always the same: with others Tiptap would write down for good whether the text can be edited just then.
  const options = useMemo(
    () => ({
      extensions: [
        ...documentExtensions(contributions.formats),
        CoEditing.configure({ session }),
        choiceMenus(menu, contributions),
        pluginShortcuts(contributions),
      ],
      injectNonce: nonce,
      editorProps: { attributes: { 'aria-label': `Text of ${title}`, 'aria-multiline': 'true', role: 'textbox' } },
    }),
    [session, contributions, menu, nonce, title],
  );
  const editor = useEditor(options);
  usePlaceKept(page, editor, state.loaded);
  if (editor === null) return null;
  return (
    <>
      <KeptText offers={offers} session={session} editor={state.canEdit ? editor : null} />
      <div hidden={!state.loaded}>
        <PanelButtons contributions={contributions} open={open} onOpen={setOpen} />
        <div className="editor-body">
          <RichTextEditor editor={editor} className="editor-text">
            {state.canEdit && (
              <Toolbar editor={editor}>
                <PluginToolbar editor={editor} contributions={contributions} />
              </Toolbar>
            )}
            <RichTextEditor.Content />
          </RichTextEditor>
          {state.loaded && <SidePanel editor={editor} contributions={contributions} open={open} onOpen={setOpen} />}
        </div>
        <MenuList menu={menu} />
      </div>
    </>
  );
}
