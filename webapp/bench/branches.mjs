// Two branches of one page, merged by yjs and by quill-delta: the same as collab-plugin's MergeBenchmark, which
// writes the inputs. An edit is its place and a text to insert or a number of characters to delete.
import Delta from 'quill-delta';
import * as Y from 'yjs';
import { inputs, now, report, samples, phases, workload } from './measure.mjs';

const page = 'a'.repeat(inputs.page - 1) + '\n';

/** A document with the page and then the edits. */
function edited(start, edits) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, start);
  const text = doc.getText('page');
  for (const [at, what] of edits) {
    if (typeof what === 'string') {
      text.insert(at, what);
    } else {
      text.delete(at, what);
    }
  }
  return doc;
}

function yjs() {
  const base = new Y.Doc();
  base.getText('page').insert(0, page);
  const start = Y.encodeStateAsUpdate(base);

  const begun = now();
  const committed = edited(start, inputs.committed);
  const ours = edited(start, inputs.ours);
  const update = Y.encodeStateAsUpdate(ours, Y.encodeStateVector(base));
  const stored = Y.encodeStateAsUpdate(committed);
  Y.applyUpdate(committed, update);
  const editing = now() - begun;

  let merged = committed;
  const [loading, apply] = phases([
    () => {
      merged = new Y.Doc();
      Y.applyUpdate(merged, stored);
    },
    () => Y.applyUpdate(merged, update),
  ]);
  const load = loading.map((time, i) => time + apply[i]);
  report({ apply, load, editing: [editing] }, merged.getText('page').length);
}

/** Neighbours first, so that each change is copied a logarithmic number of times. */
function composed(changes, from = 0, to = changes.length) {
  if (to - from === 1) {
    return changes[from];
  }
  const middle = (from + to) >> 1;
  return composed(changes, from, middle).compose(composed(changes, middle, to));
}

const delta = ([at, what]) =>
  typeof what === 'string' ? new Delta().retain(at).insert(what) : new Delta().retain(at).delete(what);

function quill() {
  const ours = inputs.ours.map(delta);
  const committed = inputs.committed.map(delta);
  let change = new Delta();
  let theirs = new Delta();
  const merge = samples(1, () => {
    theirs = composed(committed);
    change = theirs.transform(composed(ours), true);
  });
  report({ merge }, inputs.page + theirs.changeLength() + change.changeLength());
}

if (workload === 'yjs') {
  yjs();
} else {
  quill();
}
