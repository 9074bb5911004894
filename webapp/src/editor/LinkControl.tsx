import { useState, type FormEvent } from 'react';
import { Button, Group, Popover, TextInput } from '@mantine/core';
import { RichTextEditor } from '@mantine/tiptap';
import { useEditorState, type Editor } from '@tiptap/react';
import { isLink } from '../document';

/** What was typed, as an address: a bare domain gets https. Null when no link may have it. */
export function asLink(typed: string): string | null {
  const text = typed.trim();
  if (isLink(text)) {
    return text;
  }
  const guess = /^[^\s/:?#]+\.[^\s/:?#]+/.test(text) ? `https://${text}` : text;
  return isLink(guess) ? guess : null;
}

/** Sets, changes and removes a link on the selected text. */
export function LinkControl({ editor }: { editor: Editor }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const active = useEditorState({ editor, selector: ({ editor: current }) => current.isActive('link') });

  const show = (): void => {
    setTyped((editor.getAttributes('link')['href'] as string | undefined) ?? '');
    setWrong(false);
    setOpen(true);
  };
  const set = (event: FormEvent): void => {
    event.preventDefault();
    const href = asLink(typed);
    if (href === null) {
      setWrong(true);
      return;
    }
    const chain = editor.chain().focus().extendMarkRange('link');
    if (editor.state.selection.empty && !editor.isActive('link')) {
      chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run();
    } else {
      chain.setLink({ href }).run();
    }
    setOpen(false);
  };
  const remove = (): void => {
    editor.chain().focus().extendMarkRange('link').unsetLink().run();
    setOpen(false);
  };

  return (
    <Popover opened={open} onChange={setOpen} trapFocus withinPortal position="bottom" shadow="md">
      <Popover.Target>
        <RichTextEditor.Control aria-label="Link" title="Link" active={active} onClick={show}>
          <svg viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" aria-hidden="true">
            <path d="M9 15l6-6M11 6l1-1a4 4 0 0 1 6 6l-2 2M13 18l-1 1a4 4 0 0 1-6-6l2-2" />
          </svg>
        </RichTextEditor.Control>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={set}>
          <TextInput
            label="Address"
            placeholder="https://"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={wrong ? 'A link begins with https:, http:, mailto: or /' : null}
            data-autofocus
          />
          <Group mt="sm" gap="xs">
            <Button size="xs" type="submit">
              Set link
            </Button>
            {active && (
              <Button size="xs" variant="default" onClick={remove}>
                Remove link
              </Button>
            )}
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
