// A client of co-editing that was written from PROTOCOL.md alone and shares no code with the product:
// Node's own fetch and WebSocket, and npm quill-delta for the algebra.
//
//   node --experimental-websocket independent-client.mjs <wiki> <page> <name> <password>
//
// It obeys lines on its standard input: `type <text>` types the text at a place of its own choice,
// `bold <index> <length>`, `remove <index> <length>`; `report` prints {rev, ops} as one line of JSON,
// once all of its own edits are acknowledged. It ends when its input ends.

import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { randomUUID } from 'node:crypto';

const require = createRequire(`${process.env.TANDEM_WEBAPP}/package.json`);
const Delta = require('quill-delta');

const [wiki, page, name, password] = process.argv.slice(2);

const cookies = new Map();

async function call(path, body) {
  const response = await fetch(wiki + path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; '),
      'X-CSRF-Token': cookies.get('csrf') ?? '',
    },
    body: JSON.stringify(body),
  });
  for (const line of response.headers.getSetCookie()) {
    const [, key, value] = /^([^=]+)=([^;]*)/.exec(line);
    cookies.set(key, value);
  }
  if (!response.ok) {
    throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
  }
  return response.status === 204 ? null : response.json();
}

const client = randomUUID();
let socket = null;
let closing = false;
let joined = false;
let attempts = 0;

let doc = new Delta();
let rev = null;
let seq = 0;
let inFlight = null;
let pending = null;
let reports = 0;

function say(frame) {
  socket.send(JSON.stringify(frame));
}

function sendNext() {
  if (joined && inFlight === null && pending !== null) {
    inFlight = pending;
    pending = null;
    seq += 1;
    sendAgain();
  }
  if (inFlight === null && pending === null) {
    for (; reports > 0; reports -= 1) {
      console.log(JSON.stringify({ rev, ops: doc.ops }));
    }
  }
}

function sendAgain() {
  if (joined && inFlight !== null) {
    say({ t: 'op', seq, rev, delta: inFlight.ops });
  }
}

function edit(change) {
  doc = doc.compose(change);
  pending = pending === null ? change : pending.compose(change);
  sendNext();
}

function committed(op) {
  if (op.rev !== rev + 1) {
    throw new Error(`revision ${op.rev} came after ${rev}`);
  }
  if (op.client === client) {
    acknowledged(op.seq, op.rev);
    return;
  }
  rev = op.rev;
  let change = new Delta(op.delta);
  if (inFlight !== null) {
    const mine = inFlight;
    inFlight = change.transform(mine, true);
    change = mine.transform(change, false);
  }
  if (pending !== null) {
    const mine = pending;
    pending = change.transform(mine, true);
    change = mine.transform(change, false);
  }
  doc = doc.compose(change);
}

function acknowledged(which, as) {
  if (inFlight === null || which !== seq) {
    return;
  }
  if (as !== rev + 1) {
    throw new Error(`acknowledged as ${as} at ${rev}`);
  }
  rev = as;
  inFlight = null;
}

function hear(frame) {
  switch (frame.t) {
    case 'joined':
      if (frame.doc) {
        if (inFlight !== null || pending !== null) {
          throw new Error('a new document while edits of this client wait');
        }
        doc = new Delta(frame.doc);
        rev = frame.rev;
      } else {
        frame.ops.forEach(committed);
      }
      joined = true;
      attempts = 0;
      console.log(`joined ${rev}`);
      sendAgain();
      break;
    case 'op':
      committed(frame);
      break;
    case 'ops':
      frame.ops.forEach(committed);
      break;
    case 'ack':
      acknowledged(frame.seq, frame.rev);
      break;
    case 'error':
      if (frame.code === 'unavailable' || frame.code === 'rate_limited') {
        setTimeout(sendAgain, frame.retryAfterMs ?? 250);
      } else {
        throw new Error(`refused: ${JSON.stringify(frame)}`);
      }
      break;
    default: // presence, and what a later version adds
  }
  sendNext();
}

async function connect() {
  const { ticket } = await call('/api/collab/tickets', { page });
  const address = `${wiki.replace(/^http/, 'ws')}/api/collab/v1/pages/${page}/socket?ticket=${ticket}`;
  socket = new WebSocket(address, { protocols: ['tandem.v1'], headers: { Origin: wiki } });
  socket.onopen = () => say({ t: 'join', client, rev });
  socket.onmessage = (message) => hear(JSON.parse(message.data));
  socket.onclose = ({ code }) => {
    joined = false;
    if (closing) {
      return;
    }
    if ([4400, 4401, 4403, 4404].includes(code)) {
      throw new Error(`closed for good with ${code}`);
    }
    rejoin();
  };
}

function rejoin() {
  const wait = Math.random() * Math.min(30_000, 250 * 2 ** attempts);
  attempts += 1;
  setTimeout(() => connect().catch(rejoin), wait);
}

function obey(line) {
  const [, command, rest] = /^(\w+) ?(.*)$/.exec(line);
  if (command === 'type') {
    const place = Math.floor(Math.random() * doc.length());
    edit(new Delta().retain(place).insert(rest));
  } else if (command === 'bold') {
    const [index, length] = rest.split(' ').map(Number);
    edit(new Delta().retain(index).retain(length, { bold: true }));
  } else if (command === 'remove') {
    const [index, length] = rest.split(' ').map(Number);
    edit(new Delta().retain(index).delete(length));
  } else if (command === 'report') {
    reports += 1;
    sendNext();
  } else {
    throw new Error(`no such command: ${line}`);
  }
}

setInterval(() => joined && say({ t: 'ping', at: Date.now() }), 15_000).unref();

await call('/api/auth/sign-in', { name, password });
await connect();
createInterface({ input: process.stdin })
  .on('line', obey)
  .on('close', () => {
    closing = true;
    socket.close(1000);
    setTimeout(() => process.exit(0), 200);
  });
