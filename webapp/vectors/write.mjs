// Writes the vectors that Java and TypeScript share: `npm run vectors`.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '..');
const target = resolve(root, '../plugin-api/src/test/resources/vectors');

async function load(name) {
  const { module } = await runnerImport(resolve(import.meta.dirname, name), { root, configFile: false });
  return module;
}

const { algebraText, ALGEBRA_SEED } = await load('algebra.ts');
await writeFile(resolve(target, 'algebra.ndjson.gz'), gzipSync(algebraText(ALGEBRA_SEED), { level: 9 }));

const { hashVectors } = await load('hashes.ts');
const hashes = hashVectors((text) => createHash('sha256').update(text).digest('hex'));
await writeFile(resolve(target, 'hashes.json'), `${JSON.stringify(hashes, null, 2)}\n`);
