import Delta from 'quill-delta';
import { ChunkedDocument } from '../src/sync/chunked-document';
import { STEP_BYTES } from '../src/sync/checks';
import { documentHash } from '../src/testing/hash';
import { RunningHash } from '../src/sync/running-hash';

const LINES = 20_000;
const RUNS = 6_000;
const TIMES = 25;

/** A page of a megabyte: 20,000 lines, 6,000 formatted runs, a block format on each tenth line. */
function page(): Delta {
  const document = new Delta();
  for (let i = 0; i < LINES; i++) {
    document.insert(`Line ${i} of a long page, with é, 😀 and "quotes". `);
    if ((i * RUNS) % LINES < RUNS) document.insert('formatted', i % 2 === 0 ? { bold: true } : { link: `/p/${i}` });
    document.insert('\n', i % 10 === 0 ? { list: 'bullet', indent: 1 + (i % 3) } : {});
  }
  return document;
}

function median(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function row(name: string, times: number[]): void {
  console.log(`${name.padEnd(64)} median ${median(times).toFixed(2)} ms, most ${Math.max(...times).toFixed(2)} ms`);
}

function repeat(work: (time: number) => number): number[] {
  return Array.from({ length: TIMES }, (_, time) => work(time));
}

/** The steps of a hash, each timed. */
function steps(hash: RunningHash, document: ChunkedDocument): number[] {
  const times: number[] = [];
  hash.begin(document);
  for (let done: string | null = null; done === null; ) times.push(timed(() => (done = hash.step(STEP_BYTES))));
  return times;
}

function sum(numbers: number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/** Prints what committing a change and hashing the page take, in chunks and as a whole. */
export function run(): void {
  const document = page();
  const chunked = ChunkedDocument.of(document);
  console.log(`${document.length()} code units, ${document.ops.length} operations, ${chunked.chunks.length} chunks`);
  row('cut a page into chunks', repeat(() => timed(() => ChunkedDocument.of(document))));
  row('all chunks as one delta', repeat(() => timed(() => chunked.toDelta())));
  row('hash: whole page', repeat(() => timed(() => documentHash(document))));
  const first = Array.from({ length: 5 }, () => steps(new RunningHash(), chunked));
  row('hash: chunks, first time, all steps', first.map(sum));
  row('hash: chunks, first time, one step', first.flat());
  for (const [where, share] of [['start', 0], ['middle', 0.5], ['end', 0.99]] as const) {
    compare(document, chunked, where, Math.floor(document.length() * share));
  }
}

function compare(document: Delta, chunked: ChunkedDocument, where: string, index: number): void {
  const change = (time: number): Delta => new Delta().retain(index + time).insert('x');
  row(`change at the ${where}: quill compose`, repeat((time) => timed(() => document.compose(change(time)))));
  row(`change at the ${where}: chunks`, repeat((time) => timed(() => chunked.apply(change(time)))));
  const hash = new RunningHash();
  steps(hash, chunked);
  let now = chunked;
  const after = Array.from({ length: TIMES }, (_, time) => {
    now = now.apply(change(time));
    return steps(hash, now);
  });
  row(`hash after a change at the ${where}: all steps`, after.map(sum));
  row(`hash after a change at the ${where}: one step`, after.flat());
}
