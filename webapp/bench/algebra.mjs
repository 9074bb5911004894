// Compose and transform by quill-delta: the same as plugin-api's TypingBenchmark, RichTextBenchmark and
// PageBenchmark, which write the inputs.
import Delta from 'quill-delta';
import { inputs, report, samples, workload } from './measure.mjs';

const groups = (plain) => plain.map((group) => group.map((ops) => new Delta(ops)));

function composing(pendings) {
  let count = 0;
  for (const keystrokes of pendings) {
    let change = keystrokes[0];
    for (let i = 1; i < keystrokes.length; i++) {
      change = change.compose(keystrokes[i]);
      count += change.ops.length;
    }
  }
  return count;
}

function transforming(pairs) {
  let count = 0;
  for (const [first, second] of pairs) {
    count += first.transform(second, true).ops.length;
    count += second.transform(first, false).ops.length;
  }
  return count;
}

function applying({ page, keystrokes }) {
  let count = 0;
  for (const keystroke of keystrokes) {
    count += page.compose(keystroke).ops.length;
  }
  return count;
}

function measured(run, prepared, operations) {
  report({ quill: samples(operations, () => run(prepared)) }, run(prepared));
}

if (workload === 'keystroke') {
  const page = new Delta(inputs.page);
  const keystrokes = inputs.keystrokes.map((ops) => new Delta(ops));
  measured(applying, { page, keystrokes }, keystrokes.length);
} else if (workload.endsWith('compose')) {
  const pendings = groups(inputs);
  measured(composing, pendings, pendings.reduce((sum, keystrokes) => sum + keystrokes.length - 1, 0));
} else {
  const pairs = groups(inputs);
  measured(transforming, pairs, 2 * pairs.length);
}
