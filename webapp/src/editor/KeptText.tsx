import { useState, useSyncExternalStore } from 'react';
import { Alert, Button, Code, CopyButton, Group } from '@mantine/core';
import type { Editor } from '@tiptap/react';
import type { Offer, Offers, PageSession } from '../sync';

interface KeptTextProps {
  offers: Offers;
  session: PageSession;
  /** Where text can be put; null while nothing can. */
  editor: Editor | null;
}

/** Text of earlier tabs that is not in the page: it stays offered until its author takes or discards it. */
export function KeptText({ offers, session, editor }: KeptTextProps) {
  const kept = useSyncExternalStore(offers.subscribe, offers.getSnapshot);
  const insert = async (offer: Offer): Promise<void> => {
    if (editor === null) return;
    insertAtEnd(editor, offer.text);
    // As this tab's own text it is on the device before the device forgets it as the other's.
    await session.keep();
    await offers.settle(offer.client);
  };
  return (
    <>
      {kept.map((offer) => (
        <OneText
          key={offer.client}
          offer={offer}
          onInsert={editor === null ? null : () => void insert(offer)}
          onDiscard={() => void offers.settle(offer.client)}
        />
      ))}
    </>
  );
}

interface OneTextProps {
  offer: Offer;
  onInsert: (() => void) | null;
  onDiscard: () => void;
}

function OneText({ offer, onInsert, onDiscard }: OneTextProps) {
  const [sure, setSure] = useState(false);
  return (
    <Alert className="editor-notice" title="You have text on this device that is not in the page" color="blue" role="alert">
      {offer.inForm
        ? 'You put it into the simple editor before: look first whether it is in the page.'
        : 'It was typed in a window that is closed, and could not be entered by itself.'}
      <Code block className="editor-unsent" mt="sm">
        {offer.text}
      </Code>
      <Group mt="sm" gap="xs">
        {onInsert !== null && (
          <Button size="xs" onClick={onInsert}>
            Insert at the end
          </Button>
        )}
        <CopyButton value={offer.text}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy the text'}
            </Button>
          )}
        </CopyButton>
        {sure ? (
          <Button size="xs" color="red" onClick={onDiscard}>
            Discard it for good
          </Button>
        ) : (
          <Button size="xs" variant="default" onClick={() => setSure(true)}>
            Discard
          </Button>
        )}
      </Group>
    </Alert>
  );
}

/** Each line becomes a paragraph. */
function insertAtEnd(editor: Editor, text: string): void {
  const paragraphs = text
    .replace(/\n+$/u, '')
    .split('\n')
    .map((line) => ({ type: 'paragraph', content: line === '' ? [] : [{ type: 'text', text: line }] }));
  editor.chain().focus('end').insertContentAt(editor.state.doc.content.size, paragraphs).run();
}
