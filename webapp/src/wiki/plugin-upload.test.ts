import { describe, expect, it } from 'vitest';
import { upload, UploadRefused, type UploadPort } from './plugin-upload';

/** A server that takes pieces of 4 bytes, 3 at most, and puts them together. */
class Server implements UploadPort {
  readonly said: string[] = [];
  readonly pieces = new Map<number, string>();
  failures: (number | null)[] = [];
  refuses = '';
  notice = '';

  async send(method: string, path: string, body?: Blob | string): Promise<Response> {
    if (path.endsWith('/uploads')) {
      return Response.json({ upload: 'u1', pieceBytes: 4, pieces: 3 }, { status: 201 });
    }
    if (method === 'PUT') {
      const failure = this.failures.shift();
      if (failure === null) throw new TypeError('network');
      if (failure !== undefined) return Response.json({ detail: 'Not so.' }, { status: failure });
      this.pieces.set(Number(path.split('/').pop()), await (body as Blob).text());
      return new Response(null, { status: 204 });
    }
    if (this.refuses !== '') return Response.json({ detail: this.refuses }, { status: 422 });
    expect(JSON.parse(body as string)).toEqual({ upload: 'u1', file: 'a.zip' });
    return Response.json(this.notice === '' ? { id: 'echo' } : { id: 'echo', notice: this.notice }, { status: 201 });
  }

  waited: number[] = [];

  async wait(milliseconds: number): Promise<void> {
    this.waited.push(milliseconds);
  }

  progress(done: number, sentence: string): void {
    this.said.push(`${done.toFixed(2)} ${sentence}`);
  }

  whole(): string {
    return [...this.pieces.entries()]
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text)
      .join('');
  }
}

const file = (text: string): File => new File([text], 'a.zip');

describe('an upload', () => {
  it('goes in pieces, says how far it is and names the plugin', async () => {
    const server = new Server();
    expect(await upload(file('0123456789'), server)).toEqual({ plugin: 'echo', notice: '' });
    expect(server.whole()).toBe('0123456789');
    expect(server.said[0]).toBe('0.00 Uploading a.zip');
    expect(server.said.at(-1)).toContain('1.00');
  });

  it('hands on what there is to say of it', async () => {
    const server = new Server();
    server.notice = 'echo 1.0.0 runs already.';
    expect(await upload(file('0123'), server)).toEqual({ plugin: 'echo', notice: 'echo 1.0.0 runs already.' });
  });

  it('sends a piece again that was lost on its way', async () => {
    const server = new Server();
    server.failures = [null, 503];
    expect(await upload(file('012345'), server)).toEqual({ plugin: 'echo', notice: '' });
    expect(server.whole()).toBe('012345');
    expect(server.waited).toEqual([500, 1000]);
  });

  it('ends with the reason of the server', async () => {
    const server = new Server();
    server.refuses = 'The archive a.zip has no plugin.properties.';
    await expect(upload(file('01'), server)).rejects.toThrow('no plugin.properties');
    server.failures = [403];
    await expect(upload(file('01'), server)).rejects.toThrow('Not so.');
  });

  it('takes no file that is empty or too large', async () => {
    await expect(upload(file(''), new Server())).rejects.toThrow(UploadRefused);
    await expect(upload(file('0123456789abc'), new Server())).rejects.toThrow('larger');
  });
});
