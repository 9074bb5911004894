// Checks the examples of the plugin API's README: every block of TypeScript in it is a module by itself, and is
// compiled with the types that a plugin's developer gets: declarations, not the sources of the SDK. What comes of it,
// modules for a browser, stands in target/examples/modules as <id of the plugin>-<line of the block>.js; the
// distribution's tests use them in one. So are checked the modules of the sample plugins, which are plain JavaScript
// with types in comments.
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const place = resolve(root, 'target/examples');

const text = await readFile(resolve(root, '../plugin-api/README.md'), 'utf8');
const examples = [...text.matchAll(/^```(tsx?)\n([^]*?)^```$/gm)].map(({ 1: kind, 2: code, index }) => {
  const line = text.slice(0, index).split('\n').length;
  const id = /^ {2}id: '([a-z0-9-]+)',$/m.exec(code)?.[1];
  if (id === undefined) throw new Error(`README.md:${line}: an example is a whole module, with definePlugin`);
  return { name: `${id}-${line}.${kind}`, code };
});
if (examples.length === 0) throw new Error('the README has no examples');

await rm(place, { recursive: true, force: true });
await mkdir(place, { recursive: true });
for (const { name, code } of examples) await writeFile(resolve(place, name), code);
const compilerOptions = {
  types: [],
  paths: { '@tandem/sdk': ['./sdk/index.d.ts'], '@tandem/sdk/react': ['./sdk/react.d.ts'] },
};
const compile = (...options) => execFileSync('npx', ['--no-install', 'tsc', ...options], { cwd: root, stdio: 'inherit' });
const compileHere = async (name, settings) => {
  const file = resolve(place, name);
  await writeFile(file, JSON.stringify({ extends: '../../tsconfig.json', ...settings }));
  compile('-p', file);
};
compile('-p', 'build/sdk.tsconfig.json', '--outDir', resolve(place, 'sdk'));
await compileHere('examples.json', {
  include: ['*.ts', '*.tsx'],
  compilerOptions: { ...compilerOptions, noEmit: false, rootDir: '.', outDir: 'modules' },
});
await compileHere('samples.json', {
  include: ['../../../plugin-api/sample/*/src/main/web/**/*.js'],
  compilerOptions: { ...compilerOptions, allowJs: true, checkJs: true },
});
console.log(`${examples.length} examples of the README and the modules of the samples compile`);
