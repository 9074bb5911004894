import { Suspense, use, useSyncExternalStore } from 'react';
import { Button, Skeleton } from '@mantine/core';
import type { Contributions, Faults } from '../plugins';
import type { Offers, PageSession, SessionSnapshot } from '../sync';
import { EditorText } from './EditorText';
import { Notices } from './Notices';
import { Peers } from './Peers';
import { PluginNotices } from './PluginNotices';
import { SaveState } from './SaveState';

/** What the editor of a page is given. */
export interface EditorPageProps {
  session: PageSession;
  offers: Offers;
  page: string;
  title: string;
  /** The nonce that the page's security policy asks of styles. */
  nonce: string;
  /** What plugins bring, as soon as their modules are there; it always comes. */
  contributions: Promise<Contributions>;
  /** What plugins fail at. */
  faults: Faults;
}

/** The whole editor: title, who is here, what is saved, toolbar, text. */
export function EditorPage({ session, offers, page, title, nonce, contributions, faults }: EditorPageProps) {
  const state = useSyncExternalStore(session.subscribe, session.getSnapshot);
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
      <PluginNotices faults={faults} />
      <Suspense fallback={<Waiting />}>
        <LoadedText
          session={session}
          offers={offers}
          state={state}
          page={page}
          title={title}
          nonce={nonce}
          contributions={contributions}
        />
      </Suspense>
    </>
  );
}

interface LoadedTextProps extends Pick<EditorPageProps, 'session' | 'offers' | 'page' | 'title' | 'nonce' | 'contributions'> {
  state: SessionSnapshot;
}

/** The text as soon as plugins and document are there. */
function LoadedText({ contributions, ...props }: LoadedTextProps) {
  const { state } = props;
  return (
    <>
      <EditorText {...props} contributions={use(contributions)} />
      {!state.loaded && state.phase !== 'ended' && <Waiting />}
    </>
  );
}

function Waiting() {
  return (
    <div aria-busy="true" aria-label="The page is loading">
      <Skeleton height={18} mb="sm" width="60%" />
      <Skeleton height={12} mb="xs" />
      <Skeleton height={12} mb="xs" />
      <Skeleton height={12} width="80%" />
    </div>
  );
}
