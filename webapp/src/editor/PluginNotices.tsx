import { useSyncExternalStore } from 'react';
import { Alert, Button } from '@mantine/core';
import type { Faults } from '../plugins';

/** What plugins failed to do. */
export function PluginNotices({ faults }: { faults: Faults }) {
  const notices = useSyncExternalStore(faults.subscribe, faults.getSnapshot);
  return notices.map((notice) => (
    <Alert
      key={notice.text}
      className="editor-notice"
      color="yellow"
      title={notice.isMissing ? 'A part of the editor is missing' : 'A plugin had an error'}
      withCloseButton
      closeButtonLabel="Close this notice"
      onClose={() => faults.dismiss(notice)}
      role="status"
    >
      {notice.text}
      {notice.isMissing && (
        <Button size="xs" variant="default" mt="sm" display="block" onClick={() => window.location.reload()}>
          Load the page again
        </Button>
      )}
    </Alert>
  ));
}
