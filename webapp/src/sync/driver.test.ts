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
