// @vitest-environment happy-dom
import Delta from 'quill-delta';
import { afterEach, describe, expect, it } from 'vitest';
import { closeEditors, EditorClient } from '../testing/editor';
import { after, keys, page, type Lines } from '../testing/page';
import { ModelServer } from '../testing/server';

afterEach(closeEditors);

const BULLET = { list: 'bullet' };
const DEEP = { list: 'bullet', indent: 1 };
const QUOTE = { blockquote: true };
const CODE = { 'code-block': 'go' };

describe('Enter', () => {
  it('splits a line, and both halves keep its format', async () => {
    expect(await after([['abcd', QUOTE]], 2, keys('Enter'))).toEqual([['ab', QUOTE], ['cd', QUOTE]]);
    expect(await after([['abcd', BULLET]], 2, keys('Enter'))).toEqual([['ab', BULLET], ['cd', BULLET]]);
    expect(await after([['abcd', CODE]], 2, keys('Enter'))).toEqual([['ab', CODE], ['cd', CODE]]);
    expect(await after([['abcd', { header: 2 }]], 2, keys('Enter'))).toEqual([['ab', { header: 2 }], ['cd', { header: 2 }]]);
  });

  it('at the end of a heading begins a plain line, at its start puts one before it', async () => {
    expect(await after([['ab', { header: 1 }]], 2, keys('Enter'))).toEqual([['ab', { header: 1 }], ['']]);
    expect(await after([['ab', { header: 1 }]], 0, keys('Enter'))).toEqual([[''], ['ab', { header: 1 }]]);
  });

  it('after a checked task begins one that is not', async () => {
    expect(await after([['ab', { list: 'checked' }]], 2, keys('Enter'))).toEqual([['ab', { list: 'checked' }], ['', { list: 'unchecked' }]]);
    expect(await after([['ab', { list: 'checked' }]], 0, keys('Enter'))).toEqual([['', { list: 'unchecked' }], ['ab', { list: 'checked' }]]);
  });

  it('on an empty item moves it out step by step, then leaves the list', async () => {
    const list: Lines = [['a', BULLET], ['', DEEP]];
    expect(await after(list, 2, keys('Enter'))).toEqual([['a', BULLET], ['', BULLET]]);
    expect(await after(list, 2, keys('Enter', 'Enter'))).toEqual([['a', BULLET], ['']]);
    expect(await after(list, 2, keys('Enter', 'Enter', 'Enter'))).toEqual([['a', BULLET], [''], ['']]);
  });

  it('on an empty quoted line leaves the quote', async () => {
    expect(await after([['a', QUOTE], ['', QUOTE]], 2, keys('Enter'))).toEqual([['a', QUOTE], ['']]);
  });

  it('keeps callout and alignment, and on an empty line leaves the callout', async () => {
    const tip = { callout: 'tip', align: 'right' };
    expect(await after([['ab', tip]], 1, keys('Enter'))).toEqual([['a', tip], ['b', tip]]);
    expect(await after([['ab', tip]], 2, keys('Enter', 'Enter'))).toEqual([['ab', tip], ['', { align: 'right' }]]);
  });

  it('on the second empty line at the end of code leaves the code', async () => {
    expect(await after([['x', CODE]], 1, keys('Enter', 'Enter', 'Enter'))).toEqual([['x', CODE], ['']]);
  });

  it('replaces what is selected over several lines', async () => {
    expect(await after([['abc', BULLET], ['def', QUOTE]], [1, 6], keys('Enter'))).toEqual([['a', BULLET], ['f', QUOTE]]);
  });

  it('keeps the format of the text for what is typed next', async () => {
    const server = new ModelServer(page(['']));
    const a = await EditorClient.open(server);
    a.press('Mod-b').type('x').press('Enter').type('y');
    expect(a.shown).toEqual(new Delta().insert('x', { bold: true }).insert('\n').insert('y', { bold: true }).insert('\n'));
  });
});

describe('Backspace at the start of a line', () => {
  it('takes its format away, the innermost first', async () => {
    expect(await after([['a', DEEP]], 0, keys('Backspace'))).toEqual([['a', { indent: 1 }]]);
    expect(await after([['a', DEEP]], 0, keys('Backspace', 'Backspace'))).toEqual([['a']]);
    expect(await after([['a', QUOTE]], 0, keys('Backspace'))).toEqual([['a']]);
    expect(await after([['a', CODE]], 0, keys('Backspace'))).toEqual([['a']]);
    expect(await after([['a', { callout: 'note', blockquote: true }]], 0, keys('Backspace'))).toEqual([['a', { callout: 'note' }]]);
    expect(await after([['a', { callout: 'note' }]], 0, keys('Backspace'))).toEqual([['a']]);
    expect(await after([['a', { header: 3 }]], 0, keys('Backspace'))).toEqual([['a']]);
  });

  it('joins it with the line above, whose format stays', async () => {
    expect(await after([['ab', { header: 1 }], ['cd']], 3, keys('Backspace'))).toEqual([['abcd', { header: 1 }]]);
    expect(await after([['ab', CODE], ['cd', CODE]], 3, keys('Backspace'))).toEqual([['abcd', CODE]]);
    expect(await after([['ab', QUOTE], ['cd', QUOTE]], 3, keys('Backspace'))).toEqual([['abcd', QUOTE]]);
  });

  it('takes an empty line above, and a rule, as a whole', async () => {
    expect(await after([[''], ['cd', { header: 1 }]], 1, keys('Backspace'))).toEqual([['cd', { header: 1 }]]);
    const rule = (client: EditorClient): void => {
      client.editor.commands.setHorizontalRule();
      client.press('Backspace');
    };
    expect(await after([['ab'], ['cd']], 3, rule)).toEqual([['ab'], ['cd']]);
  });

  it('does nothing on a plain first line', async () => {
    expect(await after([['a'], ['b']], 0, keys('Backspace'))).toEqual([['a'], ['b']]);
  });

  it('deletes a selection over several lines; the format of the first stays', async () => {
    expect(await after([['abc', { header: 1 }], ['x'], ['def', BULLET]], [1, 8], keys('Backspace'))).toEqual([['af', { header: 1 }]]);
    expect(await after([['abc', { header: 1 }], ['def', BULLET]], [0, 5], keys('Backspace'))).toEqual([['ef', BULLET]]);
  });
});

describe('Delete at the end of a line', () => {
  it('joins it with the line below', async () => {
    expect(await after([['ab', { header: 1 }], ['cd', QUOTE]], 2, keys('Delete'))).toEqual([['abcd', { header: 1 }]]);
    expect(await after([['ab'], ['cd']], 5, keys('Delete'))).toEqual([['ab'], ['cd']]);
  });
});

describe('Tab', () => {
  it('moves an item in, one step below the item above at most, and Shift-Tab out', async () => {
    const list: Lines = [['a', BULLET], ['b', BULLET]];
    expect(await after(list, 2, keys('Tab', 'Tab'))).toEqual([['a', BULLET], ['b', DEEP]]);
    expect(await after(list, 0, keys('Tab'))).toEqual(list);
    expect(await after(list, 2, keys('Tab', 'Shift-Tab', 'Shift-Tab'))).toEqual(list);
  });

  it('is a character in code', async () => {
    expect(await after([['ab', CODE]], 1, keys('Tab'))).toEqual([['a\tb', CODE]]);
  });
});

describe('alignment', () => {
  it('is set by keys, and to the left again', async () => {
    expect(await after([['a'], ['b', BULLET]], [0, 3], keys('Mod-Shift-e'))).toEqual([['a', { align: 'center' }], ['b', { ...BULLET, align: 'center' }]]);
    expect(await after([['a', { align: 'right' }]], 0, keys('Mod-Shift-j'))).toEqual([['a', { align: 'justify' }]]);
    expect(await after([['a', { align: 'right' }]], 0, keys('Mod-Shift-l'))).toEqual([['a']]);
  });
});

describe('a task', () => {
  it('is checked by its box, for everyone', async () => {
    const check = ({ view }: EditorClient): void => view.dom.querySelector<HTMLInputElement>('li input')?.click();
    expect(await after([['a', { list: 'unchecked' }]], 0, check)).toEqual([['a', { list: 'checked' }]]);
  });
});

describe('what is typed at the start of a line', () => {
  it.each([
    ['## a', ['a', { header: 2 }]],
    ['- a', ['a', BULLET]],
    ['1. a', ['a', { list: 'ordered' }]],
    ['[x] a', ['a', { list: 'checked' }]],
    ['> a', ['a', QUOTE]],
    ['> [!tip] a', ['a', { callout: 'tip' }]],
    ['> [!Warning] a', ['a', { callout: 'warning' }]],
    ['> [!danger] a', ['[!danger] a', QUOTE]],
    ['[!tip] a', ['[!tip] a']],
    ['``` a', ['a', { 'code-block': true }]],
  ])('%j becomes a format', async (typed, line) => {
    expect(await after([['']], 0, (client) => void client.type(typed))).toEqual([line]);
  });
});
