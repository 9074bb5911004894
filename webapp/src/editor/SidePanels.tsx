import { useEffect, useRef, useState } from 'react';
import { Button, CloseButton } from '@mantine/core';
import type { Editor } from '@tiptap/react';
import type { Contributions, Owned } from '../plugins';
import type { Panel } from '../sdk';

/** Where the browser keeps which panel is open; nothing is kept before one was opened. */
const KEPT = 'tandem.panel';

interface PanelsProps {
  editor: Editor;
  contributions: Contributions;
}

/** Which panel is open, remembered by this browser. */
export function useOpenPanel({ panels }: Contributions): [open: string | null, setOpen: (key: string | null) => void] {
  const [open, setOpen] = useState(() => kept());
  const set = (key: string | null): void => {
    setOpen(key);
    keep(key);
  };
  return [panels.some(({ key }) => key === open) ? open : null, set];
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    // A browser may forbid it.
    return null;
  }
}

function keep(key: string | null): void {
  try {
    if (key === null) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, key);
  } catch {
    // Then it is not remembered.
  }
}

interface OpenPanelProps {
  open: string | null;
  onOpen: (key: string | null) => void;
}

/** The buttons that open and close panels. */
export function PanelButtons({ contributions: { panels }, open, onOpen }: Omit<PanelsProps, 'editor'> & OpenPanelProps) {
  if (panels.length === 0) return null;
  return (
    <div className="editor-panel-buttons" role="group" aria-label="Panels">
      {panels.map(({ key, entry: { title } }) => (
        <Button
          key={key}
          size="compact-sm"
          variant={key === open ? 'light' : 'default'}
          aria-expanded={key === open}
          aria-controls={key === open ? 'editor-panel' : undefined}
          onClick={() => onOpen(key === open ? null : key)}
        >
          {title}
        </Button>
      ))}
    </div>
  );
}

/** The panel that is open, beside the text or, on a narrow screen, below it. */
export function SidePanel({ editor, contributions, open, onOpen }: PanelsProps & OpenPanelProps) {
  const panel = contributions.panels.find(({ key }) => key === open);
  if (panel === undefined) return null;
  const { title } = panel.entry;
  return (
    <aside className="editor-panel" id="editor-panel" aria-label={title}>
      <div className="editor-panel-head">
        <h2>{title}</h2>
        <CloseButton aria-label={`Close ${title}`} onClick={() => onOpen(null)} />
      </div>
      <PanelBody key={panel.key} panel={panel} editor={editor} contributions={contributions} />
    </aside>
  );
}

/** What the plugin fills; each time with an element of its own. */
function PanelBody({ panel, editor, contributions }: PanelsProps & { panel: Owned<Panel> }) {
  const body = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const { module, entry } = panel;
    const { faults } = contributions;
    const part = { plugin: module.plugin, what: `the panel “${entry.title}”` };
    const place = document.createElement('div');
    body.current?.append(place);
    const unmount = faults.run<(() => void) | void | null>(part, () => entry.mount(place, contributions.contextOf(module, editor)), null);
    setFailed(unmount === null);
    return () => {
      if (typeof unmount === 'function') faults.run(part, unmount, undefined);
      place.remove();
    };
  }, [panel, editor, contributions]);
  return (
    <div ref={body} className="editor-panel-body">
      {failed && <p>This panel does not work at the moment.</p>}
    </div>
  );
}
