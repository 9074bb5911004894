import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { MantineProvider } from '@mantine/core';
import { openPage } from '../sync';
import { EditorPage } from './EditorPage';
import './styles.css';

/** Fills the host's `<div id="editor" data-page data-title data-user data-front-end data-csp-nonce>`. */
function start(place: HTMLElement): void {
  const { page, title, user, frontEnd, cspNonce } = place.dataset;
  if (page === undefined || user === undefined) {
    throw new Error('the editor needs a page and a user');
  }
  const { session, offers } = openPage({ page, user, frontEnd: frontEnd ?? '' });
  createRoot(place).render(
    <StrictMode>
      <MantineProvider defaultColorScheme="auto" getStyleNonce={() => cspNonce ?? ''}>
        <EditorPage session={session} offers={offers} page={page} title={title ?? ''} nonce={cspNonce ?? ''} />
      </MantineProvider>
    </StrictMode>,
  );
}

const place = document.getElementById('editor');
if (place !== null) {
  start(place);
}
