// @vitest-environment happy-dom
import { act } from 'react';
import Delta from 'quill-delta';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BUILT_IN, PageFormats, type PageEmbed } from '../document';
import { closeEditors, EditorClient, turn } from '../testing/editor';
import { ModelServer } from '../testing/server';
import type { EmbedContext, EmbedFormat } from './formats';
import { reactEmbed, reactPanel } from './react';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
afterEach(closeEditors);

const PAGE = {
  page: { id: 'p', title: 'Page' },
  plugin: 'votes',
  assets: '/plugins/votes/0a/',
  presence: { set: () => undefined, people: () => [], subscribe: () => () => undefined },
  messages: { send: () => false, subscribe: () => () => undefined },
};

function Votes({ value, set, page }: EmbedContext) {
  return <button onClick={() => set((value as number) + 1)}>{`${page.title}: ${value as number}`}</button>;
}

describe('React components', () => {
  it('are views of embeds, with their values', async () => {
    const view: NonNullable<EmbedFormat['view']> = reactEmbed(Votes, 'b');
    const votes: PageEmbed = {
      name: 'votes',
      allows: (value) => typeof value === 'number',
      show: (value) => ({ tag: 'b', text: String(value) }),
      view: (place) => view({ ...PAGE, ...place }),
    };
    const formats = new PageFormats({ inline: [], lines: [], embeds: [votes] });
    const server = new ModelServer(new Delta().insert({ votes: 1 }).insert('\n'), formats);
    const client = await act(async () => EditorClient.open(server, 'a', formats));
    const shown = client.view.dom;
    const button = (): HTMLElement | null => shown.querySelector('b > button');
    expect(button()?.textContent).toBe('Page: 1');
    await act(async () => button()?.click());
    expect(button()?.textContent).toBe('Page: 2');
    client.settle();
    expect(server.document().ops).toEqual([{ insert: { votes: 2 } }, { insert: '\n' }]);
    await act(async () => client.close());
    expect(button()).toBeNull();
  });

  it('are panels, until these close', async () => {
    const gone = vi.fn();
    const client = await EditorClient.open(new ModelServer(), 'a', BUILT_IN);
    const element = document.createElement('div');
    const mount = reactPanel(({ plugin }) => <p ref={() => gone}>{plugin}</p>);
    let unmount = (): void => undefined;
    await act(async () => (unmount = mount(element, { ...PAGE, editor: client.editor })));
    expect(element.innerHTML).toBe('<p>votes</p>');
    await act(async () => {
      unmount();
      await turn();
    });
    expect(element.innerHTML).toBe('');
    expect(gone).toHaveBeenCalledTimes(1);
  });
});
