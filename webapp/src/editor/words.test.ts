import { describe, expect, it } from 'vitest';
import type { SessionSnapshot } from '../sync';
import { asLink } from './LinkControl';
import { initials } from './Peers';
import { saveWords } from './SaveState';

const LIVE: SessionSnapshot = {
  phase: 'live',
  loaded: true,
  access: 'edit',
  canEdit: true,
  saveState: 'saved',
  onDevice: true,
  peers: [],
  notice: null,
  nextTryAt: null,
};

describe('the save state in words', () => {
  it('says saved only when it is', () => {
    expect(saveWords(LIVE).words).toBe('Saved');
    expect(saveWords({ ...LIVE, saveState: 'sent' }).words).toBe('Saving');
    expect(saveWords({ ...LIVE, saveState: 'device' }).words).toBe('Not saved yet');
  });

  it('says where the text is while there is no connection', () => {
    expect(saveWords({ ...LIVE, phase: 'offline', saveState: 'device' }).words).toMatch(/kept on this device/);
    expect(saveWords({ ...LIVE, phase: 'offline', saveState: 'sent' }).words).toMatch(/kept on this device/);
    expect(saveWords({ ...LIVE, phase: 'offline', saveState: 'sent', onDevice: false }).words).toMatch(/kept in this window/);
  });

  it('does not promise saving to a reader', () => {
    expect(saveWords({ ...LIVE, access: 'view', canEdit: false }).words).toBe('Read only');
  });
});

describe('a typed address', () => {
  it.each([
    ['https://a.b/c', 'https://a.b/c'],
    [' http://a.b ', 'http://a.b'],
    ['example.org/x', 'https://example.org/x'],
    ['mailto:a@b.c', 'mailto:a@b.c'],
    ['/pages/1', '/pages/1'],
    ['#part', '#part'],
  ])('%s becomes %s', (typed, link) => {
    expect(asLink(typed)).toBe(link);
  });

  it.each(['', 'word', 'javascript:alert(1)', 'java\tscript:x', '//evil.example', 'data:text/html,x'])(
    '%s is refused',
    (typed) => {
      expect(asLink(typed)).toBeNull();
    },
  );
});

describe('initials', () => {
  it.each([
    ['editor1', 'E'],
    ['Ada Lovelace', 'AL'],
    ['Jean Luc Picard', 'JL'],
    ['😀 smile', '😀S'],
    ['', ''],
  ])('of %s are %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});
