import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { MantineProvider } from '@mantine/core';
import { assetsOf, Contributions, Faults, loadModules, moduleEntries } from '../plugins';
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
  const faults = new Faults();
  const entries = moduleEntries(document);
  faults.watch(window, entries.map((entry) => ({ plugin: entry.plugin, assets: assetsOf(entry) })));
  const contributions = loadModules(entries, faults).then(
    (modules) => new Contributions(modules, { id: page, title: title ?? '' }, faults, session.live),
  );
  createRoot(place).render(
    <StrictMode>
      <MantineProvider defaultColorScheme="auto" getStyleNonce={() => cspNonce ?? ''}>
        <EditorPage
          session={session}
          offers={offers}
          page={page}
          title={title ?? ''}
          nonce={cspNonce ?? ''}
          contributions={contributions}
          faults={faults}
        />
      </MantineProvider>
    </StrictMode>,
  );
}

const place = document.getElementById('editor');
if (place !== null) {
  start(place);
}
