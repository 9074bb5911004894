import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Companion, Declined, LivePage } from '../sync';
import { Faults } from './faults';
import { liveContext, MESSAGES_AT_ONCE, tellDeclined } from './live';

vi.spyOn(console, 'error').mockImplementation(() => undefined);

/** A page on which nobody is but whom the test says. */
class Page implements LivePage {
  readonly said: unknown[] = [];
  readonly showed: unknown[] = [];
  companions: readonly Companion[] = [];
  heard: (plugin: string, value: unknown) => void = () => undefined;
  shown: () => void = () => undefined;
  declined: (declined: Declined) => void = () => undefined;

  say(plugin: string, value: unknown): boolean {
    this.said.push([plugin, value]);
    return true;
  }
  show(field: string, value: unknown): void {
    this.showed.push([field, value]);
  }
  people(): readonly Companion[] {
    return this.companions;
  }
  onHeard(listener: (plugin: string, value: unknown) => void): () => void {
    this.heard = listener;
    return () => (this.heard = () => undefined);
  }
  onShown(listener: () => void): () => void {
    this.shown = listener;
    return () => (this.shown = () => undefined);
  }
  onDeclined(listener: (declined: Declined) => void): () => void {
    this.declined = listener;
    return () => undefined;
  }
}

let page = new Page();
let faults = new Faults();
let polls = liveContext('polls', page, faults);

beforeEach(() => {
  page = new Page();
  faults = new Faults();
  polls = liveContext('polls', page, faults);
});

function texts(): string[] {
  return faults.getSnapshot().map(({ text }) => text);
}

describe('messages of a module', () => {
  it('are sent as those of its plugin, as long as they are JSON and not too long', () => {
    const itself: unknown[] = [];
    itself.push(itself);
    expect(polls.messages.send({ a: 'x'.repeat(8_192 - 8) })).toBe(true);
    expect(page.said).toHaveLength(1);
    expect(polls.messages.send({ a: `${'x'.repeat(8_192 - 9)}é` })).toBe(false);
    expect(polls.messages.send(itself)).toBe(false);
    expect(page.said).toEqual([['polls', { a: 'x'.repeat(8_192 - 8) }]]);
    expect(texts()).toEqual(['A message to the server of the plugin “polls” failed: the value has more than 8192 bytes as JSON.']);
  });

  it('are no JSON when they are nothing', () => {
    const nothing = [null, undefined, NaN, () => 1, { toJSON: () => null }];
    expect(nothing.map((value) => polls.messages.send(value))).toEqual(nothing.map(() => false));
    expect(page.said).toEqual([]);
    expect(texts()[0]).toBe('A message to the server of the plugin “polls” failed: the value is no JSON.');
  });

  it('are as the server can read them: it ends the connection of who sends others', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect(polls.messages.send(nested(32))).toBe(true);
    expect(polls.messages.send(nested(33))).toBe(false);
    const other = liveContext('other', page, faults);
    expect(other.messages.send(['\ud83d\ude00'])).toBe(true);
    expect(other.messages.send(['\ud83d'])).toBe(false);
    expect(other.messages.send({ '\ude00': 1 })).toBe(false);
    expect(page.said).toEqual([['polls', nested(32)], ['other', ['\ud83d\ude00']]]);
    expect(texts()).toEqual([
      'A message to the server of the plugin “polls” failed: the value is nested more than 32 deep.',
      'A message to the server of the plugin “other” failed: the value holds half a pair of surrogates.',
    ]);
  });

  it('are so many at once and a second, and the module is told of what is more', () => {
    let now = 0;
    polls = liveContext('polls', page, faults, () => now);
    const sent = (): number => Array.from({ length: 300 }, (_, i) => polls.messages.send(i)).filter(Boolean).length;
    expect(sent()).toBe(MESSAGES_AT_ONCE);
    now += 1_000;
    expect(sent()).toBe(10);
    expect(page.said).toHaveLength(MESSAGES_AT_ONCE + 10);
    expect(texts()).toEqual([]);
    now += 60_000;
    page.say = () => false;
    expect(sent()).toBe(0);
    page.say = () => true;
    expect(sent()).toBe(MESSAGES_AT_ONCE);
  });

  it('are not sent any more after three that failed', () => {
    tellDeclined(page, ['polls'], faults);
    for (let i = 0; i < 3; i++) page.declined({ subject: { plugin: 'polls' }, message: 'No plugin of this id takes messages now.' });
    expect(polls.messages.send(1)).toBe(false);
    expect(liveContext('other', page, faults).messages.send(2)).toBe(true);
    expect(page.said).toEqual([['other', 2]]);
    expect(texts()).toEqual([
      'A message to the server of the plugin “polls” failed: No plugin of this id takes messages now.',
      'A message to the server of the plugin “polls” failed again and is switched off until the page is loaded anew.',
    ]);
  });
});

describe('what a module hears', () => {
  it('is for its plugin alone, until it stops to listen', () => {
    const heard = vi.fn();
    const stop = polls.messages.subscribe(heard);
    page.heard('polls', 1);
    page.heard('other', 2);
    stop();
    page.heard('polls', 3);
    expect(heard.mock.calls).toEqual([[1]]);
  });

  it('harms nobody when it throws', () => {
    polls.messages.subscribe(() => {
      throw new Error('not today.');
    });
    expect(() => page.heard('polls', 1)).not.toThrow();
    polls.presence.subscribe(() => {
      throw new Error('nor then.');
    });
    expect(() => page.shown()).not.toThrow();
    expect(texts()).toEqual([
      'What listens to messages of the plugin “polls” failed: not today.',
      'What listens to presence of the plugin “polls” failed: nor then.',
    ]);
  });
});

describe('presence', () => {
  it('shows the fields of the plugin, and no others', () => {
    const user = { id: 'u', name: 'Anna', color: '#123456' };
    page.companions = [{ client: 'c', user, access: 'edit', idle: false, values: { polls: 1, 'polls-hand': 'up', pollster: 2, other: 3 } }];
    expect(polls.presence.people()).toEqual([{ client: 'c', user, values: { polls: 1, 'polls-hand': 'up' } }]);
    polls.presence.set('polls-hand', 'up');
    polls.presence.set('polls-hand', null);
    polls.presence.set('other', 1);
    expect(page.showed).toEqual([['polls-hand', 'up'], ['polls-hand', null]]);
    expect(texts()).toEqual(['The presence field “other” of the plugin “polls” failed: its name is neither “polls” nor begins with “polls-”.']);
  });

  it('is what was set, whatever the module does to it later', () => {
    const value = { choice: 'one' };
    polls.presence.set('polls', value);
    value.choice = '\ud83d';
    polls.presence.set('polls', value);
    polls.presence.set('polls', NaN);
    expect(page.showed).toEqual([['polls', { choice: 'one' }]]);
  });

  it('has small values', () => {
    polls.presence.set('polls', 'x'.repeat(1_022));
    polls.presence.set('polls', 'x'.repeat(1_023));
    expect(page.showed).toHaveLength(1);
    expect(texts()).toEqual(['The presence field “polls” of the plugin “polls” failed: the value has more than 1024 bytes as JSON.']);
  });

  it('that the server does not take is an error of the plugin that it belongs to', () => {
    tellDeclined(page, ['polls', 'polls-extra'], faults);
    page.declined({ subject: { field: 'polls-extra-hand' }, message: 'The plugin does not allow this value.' });
    page.declined({ subject: { field: 'unknown' }, message: 'No.' });
    expect(faults.getSnapshot().map(({ plugin }) => plugin)).toEqual(['polls-extra']);
  });
});
