import { useEffect, useState } from 'react';
import { Button, Loader } from '@mantine/core';
import type { SessionSnapshot } from '../sync';

/** The state in words, and a sign that does not depend on colour. */
export function saveWords(state: SessionSnapshot): { sign: string; words: string } {
  if (state.phase === 'ended') {
    return { sign: '✕', words: 'Not connected' };
  }
  if (state.saveState === 'saved') {
    return state.phase === 'live'
      ? { sign: '✓', words: state.canEdit ? 'Saved' : 'Read only' }
      : { sign: '…', words: 'Connecting' };
  }
  if (state.phase !== 'live') {
    return { sign: '⏸', words: `Not saved yet: kept ${state.onDevice ? 'on this device' : 'in this window'}` };
  }
  return state.saveState === 'sent'
    ? { sign: '↑', words: 'Saving' }
    : { sign: '•', words: 'Not saved yet' };
}

/** Seconds until a moment, counted down while it is shown. */
function useSecondsUntil(moment: number | null): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (moment === null) return undefined;
    const timer = window.setInterval(() => setNow(Date.now()), 500);
    return () => window.clearInterval(timer);
  }, [moment]);
  return moment === null ? null : Math.max(0, Math.ceil((moment - now) / 1000));
}

/** Whether the text is saved, and the connection when there is none. */
export function SaveState({ state, onRetry }: { state: SessionSnapshot; onRetry: () => void }) {
  const { sign, words } = saveWords(state);
  const seconds = useSecondsUntil(state.nextTryAt);
  return (
    <span className="editor-state">
      <span role="status" aria-live="polite" data-save-state={state.saveState} data-phase={state.phase}>
        <span aria-hidden="true">{sign}</span> {words}
      </span>
      {state.phase === 'connecting' && <Loader size="xs" />}
      {state.phase === 'offline' && (
        <>
          <span>{seconds === null ? 'No connection' : `Next try in ${seconds} s`}</span>
          <Button size="compact-xs" variant="default" onClick={onRetry}>
            Try now
          </Button>
        </>
      )}
    </span>
  );
}
