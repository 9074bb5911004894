import { useMemo, useSyncExternalStore } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { RichTextEditor } from '@mantine/tiptap';
import { useEditor } from '@tiptap/react';
import { CoEditing, documentExtensions } from '../document';
import type { Offers, PageSession } from '../sync';
import { KeptText } from './KeptText';
import { Notices } from './Notices';
import { Peers } from './Peers';
import { usePlaceKept } from './place';
import { SaveState } from './SaveState';
import { Toolbar } from './Toolbar';

/** What the editor of a page is given. */
export interface EditorPageProps {
  session: PageSession;
  offers: Offers;
  page: string;
  title: string;
  /** The nonce that the page's security policy asks of styles. */
  nonce: string;
}

/** The whole editor: title, who is here, what is saved, toolbar, text. */
export function EditorPage({ session, offers, page, title, nonce }: EditorPageProps) {
  const state = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const extensions = useMemo(
    () => [...documentExtensions(), CoEditing.configure({ session })],
    [session],
  );
  const editor = useEditor({
    extensions,
    injectNonce: nonce,
    editorProps: { attributes: { 'aria-label': `Text of ${title}`, 'aria-multiline': 'true', role: 'textbox' } },
  });
  usePlaceKept(page, editor, state.loaded);
  return (
    <>
      <div className="editor-head">
        <h1>{title}</h1>
        <Peers peers={state.peers} />
        <SaveState state={state} onRetry={() => session.retry()} />
        <Button component="a" href={`/pages/${page}`} variant="default">
          Back to the page
        </Button>
      </div>
      <Notices session={session} state={state} page={page} />
      <KeptText offers={offers} session={session} editor={state.canEdit ? editor : null} />
      {editor !== null && (
        <RichTextEditor editor={editor} hidden={!state.loaded}>
          {state.canEdit && <Toolbar editor={editor} />}
          <RichTextEditor.Content />
        </RichTextEditor>
      )}
      {!state.loaded && state.phase !== 'ended' && (
        <div aria-busy="true" aria-label="The page is loading">
          <Skeleton height={18} mb="sm" width="60%" />
          <Skeleton height={12} mb="xs" />
          <Skeleton height={12} mb="xs" />
          <Skeleton height={12} width="80%" />
        </div>
      )}
    </>
  );
}
