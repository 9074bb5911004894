import { describe, expect, it } from 'vitest';
import { Driver } from './driver';
import type { SessionEvent } from './events';

/** What a driver reports when the wiki answers its wish for a ticket so. */
function reportOf(answer: Response): Promise<SessionEvent> {
  return new Promise((resolve) => {
    const answers = (): Promise<Response> => Promise.resolve(answer);
    const noSocket = undefined as never;
    const around = { origin: 'https://wiki.example', fetch: answers, WebSocket: noSocket, csrf: () => '', frontEnd: '', reload: () => undefined };
    new Driver('page', around, resolve).perform({ t: 'connect', renew: false });
  });
}

describe('a ticket', () => {
  it('that a node refuses because it ends is asked for elsewhere at once', async () => {
    const refusal = new Response('', { status: 503, headers: { 'Retry-After': '0' } });
    expect(await reportOf(refusal)).toEqual({ t: 'closed', code: 1012 });
  });

  it('that is refused for another reason is asked for later', async () => {
    const refusal = new Response('', { status: 503, headers: { 'Retry-After': '2' } });
    expect(await reportOf(refusal)).toEqual({ t: 'refused', status: 503, off: false });
  });

  it.each([503, 404])('that no plugin serves any more (%i) is no matter of the node', async (status) => {
    const problem = JSON.stringify({ type: 'urn:tandem:problem:no-plugin', status });
    const refusal = new Response(problem, { status, headers: { 'Retry-After': '5' } });
    expect(await reportOf(refusal)).toEqual({ t: 'refused', status, off: true });
  });
});

describe('the front end', () => {
  const own = 'the one that runs';

  /** What a driver reports, and asks for, when the wiki answers so. */
  async function look(answer: Response, frontEnd = own): Promise<{ asked: unknown[]; reported: SessionEvent[] }> {
    const asked: unknown[] = [];
    const reported: SessionEvent[] = [];
    const answers = (address: unknown): Promise<Response> => {
      asked.push(address);
      return Promise.resolve(answer);
    };
    const around = { origin: 'https://wiki.example', fetch: answers, WebSocket: undefined as never, csrf: () => '', frontEnd, reload: () => undefined };
    new Driver('page', around, (event) => void reported.push(event)).perform({ t: 'look' });
    await new Promise((resolve) => setTimeout(resolve));
    return { asked, reported };
  }

  const says = (frontEnd: string | null): Response => new Response(JSON.stringify({ frontEnd }));

  it('is compared with the one that the wiki serves', async () => {
    expect(await look(says('another'))).toEqual({
      asked: ['https://wiki.example/api/pages/page/editor'],
      reported: [{ t: 'front-end', other: true }],
    });
    expect((await look(says(own))).reported).toEqual([{ t: 'front-end', other: false }]);
  });

  it.each([
    ['is off', says(null), own],
    ['does not answer', new Response('', { status: 503 }), own],
    ['did not say which one it was loaded with', says('another'), ''],
  ])('is no other one when the wiki %s', async (_how, answer, running) => {
    expect((await look(answer, running)).reported).toEqual([]);
  });
});
