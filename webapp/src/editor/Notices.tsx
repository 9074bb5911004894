import { Alert, Button, Code, CopyButton, Group } from '@mantine/core';
import type { PageSession, SessionSnapshot } from '../sync';

const READ_ONLY: Record<string, string> = {
  view: 'You may read this page. Ask an admin of the page for the right to edit.',
  comment: 'You may comment on this page, not edit it. Ask an admin of the page for the right to edit.',
};

interface NoticesProps {
  session: PageSession;
  state: SessionSnapshot;
  page: string;
}

/** What happened and what the user can do; text that could not be saved is offered, never dropped. */
export function Notices({ session, state, page }: NoticesProps) {
  const { notice } = state;
  const readOnly = state.loaded && !state.canEdit && state.access !== null ? READ_ONLY[state.access] : undefined;
  return (
    <>
      {notice !== null && (
        <Alert
          className="editor-notice"
          title={notice.title}
          color={state.phase === 'ended' ? 'red' : 'blue'}
          withCloseButton={state.phase !== 'ended'}
          closeButtonLabel="Close this notice"
          onClose={() => session.dismissNotice()}
          role="alert"
        >
          {notice.action}
          {notice.unsent !== null && (
            <Code block className="editor-unsent" mt="sm">
              {notice.unsent}
            </Code>
          )}
          <Group mt="sm" gap="xs">
            {notice.unsent !== null && (
              <CopyButton value={notice.unsent}>
                {({ copied, copy }) => (
                  <Button size="xs" onClick={copy}>
                    {copied ? 'Copied' : 'Copy the text'}
                  </Button>
                )}
              </CopyButton>
            )}
            {notice.kind === 'signed-out' && (
              <Button
                size="xs"
                variant="default"
                component="a"
                href={`/sign-in?next=${encodeURIComponent(window.location.pathname)}`}
              >
                Sign in
              </Button>
            )}
            {notice.kind === 'switched-off' && (
              <Button size="xs" onClick={() => void session.leave(() => window.location.assign(`/pages/${page}/edit`))}>
                Go on in the simple editor
              </Button>
            )}
            {notice.kind === 'new-version' && (
              <Button size="xs" onClick={() => session.reload()}>
                Load it now
              </Button>
            )}
            {notice.retry && (
              <Button size="xs" variant="default" onClick={() => session.retry()}>
                Try again
              </Button>
            )}
          </Group>
        </Alert>
      )}
      {notice === null && readOnly !== undefined && (
        <Alert className="editor-notice" title="Read only" color="gray">
          {readOnly}
        </Alert>
      )}
    </>
  );
}
