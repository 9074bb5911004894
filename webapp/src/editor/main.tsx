import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { MantineProvider } from '@mantine/core';
import { openPage } from '../sync';
import { EditorPage } from './EditorPage';
import './styles.css';

/** Fills the host's `<div id="editor" data-page data-title data-csp-nonce>`. */
function start(place: HTMLElement): void {
  const { page, title, cspNonce } = place.dataset;
  if (page === undefined) {
    throw new Error('the editor needs a page');
  }
  const session = openPage({ page });
  createRoot(place).render(
    <StrictMode>
      <MantineProvider defaultColorScheme="auto" getStyleNonce={() => cspNonce ?? ''}>
        <EditorPage session={session} page={page} title={title ?? ''} nonce={cspNonce ?? ''} />
      </MantineProvider>
    </StrictMode>,
  );
}

const place = document.getElementById('editor');
if (place !== null) {
  start(place);
}
