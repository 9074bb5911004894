import { Menu } from '@mantine/core';
import { RichTextEditor } from '@mantine/tiptap';
import { useEditorState, type Editor } from '@tiptap/react';
import { areaOf } from '../document';
import { Sign } from './Sign';

const GRID = 'M4 5h16v14H4zM4 10h16M10 5v14M15 5v14';
const GRID_MENU = 'M3 4h13v12H3zM3 9h13M8 4v12M14 19l3 3 3-3';

/** What the menu does; each part in a group of its own. */
const ACTIONS = [
  [
    ['Row above', 'addRowAbove'],
    ['Row below', 'addRowBelow'],
    ['Column to the left', 'addColumnLeft'],
    ['Column to the right', 'addColumnRight'],
  ],
  [
    ['Delete row', 'deleteRow'],
    ['Delete column', 'deleteColumn'],
    ['Delete table', 'deleteTable'],
  ],
] as const;

/** Puts a table into the page; while the caret is in one, a menu changes its rows and columns. */
export function TableControls({ editor }: { editor: Editor }) {
  const inTable = useEditorState({
    editor,
    selector: ({ editor: { state } }) => areaOf(state.doc, state.selection) !== null,
  });
  return (
    <>
      <RichTextEditor.Control
        aria-label="Insert table"
        title="Insert table"
        disabled={inTable}
        onClick={() => editor.chain().focus().insertTable().run()}
      >
        <Sign path={GRID} />
      </RichTextEditor.Control>
      {inTable && (
        <Menu withinPortal position="bottom-start" shadow="md">
          <Menu.Target>
            <RichTextEditor.Control aria-label="Rows and columns" title="Rows and columns">
              <Sign path={GRID_MENU} />
            </RichTextEditor.Control>
          </Menu.Target>
          <Menu.Dropdown>
            {ACTIONS.map((group, i) => (
              <div role="group" key={i} aria-label={i === 0 ? 'Insert' : 'Delete'}>
                {i > 0 && <Menu.Divider />}
                {group.map(([label, command]) => (
                  <Menu.Item
                    key={command}
                    color={command.startsWith('delete') ? 'red' : undefined}
                    onClick={() => editor.chain().focus()[command]().run()}
                  >
                    {label}
                  </Menu.Item>
                ))}
              </div>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}
