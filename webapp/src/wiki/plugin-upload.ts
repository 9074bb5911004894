/** An upload as the server has begun it. */
interface Upload {
  upload: string;
  pieceBytes: number;
  pieces: number;
}

/** What came of an upload: the plugin's id, and a sentence for the admin or nothing. */
export interface Installed {
  plugin: string;
  notice: string;
}

/** What the upload needs of its surroundings. */
export interface UploadPort {
  /** Sends a request with the CSRF token. */
  send(method: string, path: string, body?: Blob | string, type?: string): Promise<Response>;
  /** Lets some milliseconds go by. */
  wait(milliseconds: number): Promise<void>;
  /** Says how far it is, from 0 to 1. */
  progress(done: number, sentence: string): void;
}

const PLUGINS = '/api/admin/plugins';

/** How often a piece is sent again when the network or a node fails. */
const TRIES = 4;

/** Milliseconds before a piece is sent again, for each try one more of them. */
const PAUSE = 500;

/** A refusal that the server has put into words for the admin. */
export class UploadRefused extends Error {}

async function refusal(answer: Response): Promise<UploadRefused> {
  const problem = (await answer.json().catch(() => ({}))) as { detail?: unknown };
  return new UploadRefused(
    typeof problem.detail === 'string' ? problem.detail : `The wiki answered with ${answer.status}: try again.`,
  );
}

/** Sends a piece, which does the same however often it is sent. */
async function put(port: UploadPort, path: string, piece: Blob): Promise<void> {
  for (let tried = 1; ; tried++) {
    const answer = await port.send('PUT', path, piece, 'application/octet-stream').catch(() => null);
    if (answer?.ok) return;
    if (tried === TRIES || (answer !== null && answer.status < 500)) {
      throw answer === null
        ? new UploadRefused('The connection to the wiki was lost: upload the archive again.')
        : await refusal(answer);
    }
    await port.wait(PAUSE * tried);
  }
}

/**
 * Uploads an archive in pieces that pass every proxy, and has it installed.
 *
 * @returns the plugin, and what there is to say of it when it was no upgrade
 * @throws {UploadRefused} with one sentence for the admin
 */
export async function upload(file: File, port: UploadPort): Promise<Installed> {
  const begun = await port.send('POST', `${PLUGINS}/uploads`);
  if (!begun.ok) throw await refusal(begun);
  const { upload: id, pieceBytes, pieces } = (await begun.json()) as Upload;
  if (file.size === 0) throw new UploadRefused('The file is empty: choose a plugin archive.');
  if (file.size > pieceBytes * pieces) {
    throw new UploadRefused(`The file is larger than ${(pieceBytes * pieces) / 1024 / 1024} MB: no archive is.`);
  }
  for (let number = 0; number * pieceBytes < file.size; number++) {
    port.progress((number * pieceBytes) / file.size, `Uploading ${file.name}`);
    const piece = file.slice(number * pieceBytes, (number + 1) * pieceBytes);
    await put(port, `${PLUGINS}/uploads/${id}/${number}`, piece);
  }
  port.progress(1, 'Checking it, and trying it on this node');
  const body = JSON.stringify({ upload: id, file: file.name });
  const installed = await port.send('POST', PLUGINS, body, 'application/json');
  if (!installed.ok) throw await refusal(installed);
  const { id: plugin, notice } = (await installed.json()) as { id: string; notice?: string };
  return { plugin, notice: notice ?? '' };
}
