/** A small drawing on a control, in the colour of its text. */
export function Sign({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
