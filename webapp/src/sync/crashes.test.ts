import Delta from 'quill-delta';
import { describe, expect, it } from 'vitest';
import type { Unsaved } from '../journal';
import { ModelClient } from '../testing/client';
import { withSeeds, type Random } from '../testing/random';
import { ModelServer, type ModelSocket } from '../testing/server';
import type { Effect } from './events';
import type { Resumed } from './options';

/** A word is one character, which nothing can be put into. */
const WORD = /[\u4e00-\u9fff]/g;
const FIRST_WORD = 0x4e00;

function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

function textOf(document: Delta): string {
  return document.map((op) => (typeof op.insert === 'string' ? op.insert : '*')).join('');
}

/** What survives the end of a tab: what is not saved, by client. */
class Device {
  readonly entries = new Map<string, Unsaved>();
  /** The words that were typed and reached the device or the server: none of them may be missing. */
  readonly safe = new Set<string>();

  write(client: string, unsaved: Unsaved | null): void {
    if (unsaved === null) this.entries.delete(client);
    else this.entries.set(client, unsaved);
    for (const word of wordsOf(unsaved?.typed ?? '')) this.safe.add(word);
  }
}

/** A tab whose writes to the device take as long as the test says. */
class Tab extends ModelClient {
  private writing: { number: number; unsaved: Unsaved | null } | null = null;

  constructor(server: ModelServer, name: string, private readonly device: Device, random: Random, resumed?: Resumed) {
    super(server, name, () => random.next(), resumed === undefined ? { journaled: true } : { journaled: true, resumed });
  }

  override perform(effect: Effect): void {
    if (effect.t === 'keep') this.writing = { number: effect.number, unsaved: this.machine.unsaved() };
    else super.perform(effect);
  }

  /** What waits is written, as a device does some time after it was told. */
  private finishWriting(): boolean {
    const { writing } = this;
    if (writing === null) return false;
    this.writing = null;
    this.device.write(this.name, writing.unsaved);
    this.event({ t: 'kept', number: writing.number });
    return true;
  }

  /** The write that comes soon after each change. */
  writeSoon(): void {
    this.finishWriting();
    this.device.write(this.name, this.machine.unsaved());
  }

  override stepOnce(): boolean {
    return this.finishWriting() || super.stepOnce();
  }

  /** Types a word somewhere. */
  type(word: string, random: Random): void {
    const text = textOf(this.machine.shown());
    this.edit(new Delta().retain(random.below(text.length)).insert(word));
  }
}

/** One person's tabs on a page that end at any moment, and somebody else who types. */
class World {
  readonly server = new ModelServer();
  readonly device = new Device();
  readonly strays: ModelSocket[] = [];
  typed = 0;
  private opened = 0;
  tab: Tab;

  constructor(readonly random: Random) {
    if (random.chance(30)) this.server.limits = { ...this.server.limits, message: 300, ops: 4 };
    this.tab = this.open().start();
  }

  private open(): Tab {
    this.opened += 1;
    return new Tab(this.server, `tab-${this.opened}`, this.device, this.random);
  }

  act(): void {
    const { random, tab, server } = this;
    const what = random.below(100);
    if (what < 35 && tab.machine.canEdit()) tab.type(String.fromCharCode(FIRST_WORD + this.typed++), random);
    else if (what < 65) tab.stepOnce();
    else if (what < 72) tab.socket?.deliverUp();
    else if (what < 80) tab.writeSoon();
    else if (what < 85) this.cut(tab);
    else if (what < 90) random.pick(this.strays.concat(tab.socket ?? []))?.deliverUp();
    else if (what < 94) server.save(new Delta().insert('host '));
    else if (what < 95) server.compacted = random.below(server.rev + 1);
    else if (what < 97) server.refuseNext = random.pick(['unavailable', 'bad_delta', 'stale_revision', 'internal', 'too_large']);
    else this.crash();
  }

  /** What was sent may reach the server later. */
  private cut(tab: Tab): void {
    if (tab.socket !== null) this.strays.push(tab.socket);
    tab.cut();
  }

  /** The tab is gone in the middle of what it did; the next one brings in what the device has. */
  crash(): void {
    const { tab } = this;
    if (tab.socket !== null) this.strays.push(tab.socket);
    tab.cut();
    this.bringIn();
    this.tab = this.open().start();
  }

  bringIn(): void {
    for (const [client, { change, refused }] of [...this.device.entries]) {
      if (change === null) continue;
      const doc = this.server.documentAt(change.rev, new Delta().insert('\n'));
      expect(doc.length()).toBe(change.length);
      const going = new Tab(this.server, client, this.device, this.random, { doc, change, refused });
      going.event({ t: 'start' });
      // It may end in the middle, too: then the next one goes on from what is on the device by then.
      if (this.random.chance(30)) {
        for (let steps = this.random.below(12); steps > 0; steps--) going.stepOnce();
        this.cut(going);
        continue;
      }
      going.settle();
      expect(going.machine.snapshot().saveState).toBe('saved');
      going.writeSoon();
      this.cut(going);
    }
  }

  /** Everything comes to rest. */
  rest(): void {
    this.server.refuseNext = null;
    for (const stray of this.strays) while (stray.deliverUp());
    this.tab.settle();
    this.tab.writeSoon();
    while ([...this.device.entries.values()].some(({ change }) => change !== null)) this.bringIn();
  }
}

describe('a tab that ends at any moment', () => {
  it('loses no text that was on the device and enters none twice', () => {
    withSeeds(300, (random) => {
      const world = new World(random);
      for (let i = 0; i < 200; i++) world.act();
      world.crash();
      world.rest();
      const page = wordsOf(textOf(world.server.document()));
      expect(new Set(page).size, 'nothing stands there twice').toBe(page.length);
      const refused = [...world.device.entries.values()].map((entry) => entry.refused);
      const found = new Set([...page, ...wordsOf(refused.join(' '))]);
      expect([...world.device.safe].filter((word) => !found.has(word))).toEqual([]);
    });
  });
});
