// Checks the examples of the plugin API's README: every block of TypeScript in it is a module by itself, and is
// compiled with the types that a plugin's developer gets: declarations, not the sources of the SDK. So are the modules
// of the sample plugins, which are plain JavaScript with types in comments.
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const place = resolve(root, 'target/examples');

const text = await readFile(resolve(root, '../plugin-api/README.md'), 'utf8');
const examples = [...text.matchAll(/^```(tsx?)\n([^]*?)^```$/gm)];
if (examples.length === 0) throw new Error('the README has no examples');

await rm(place, { recursive: true, force: true });
await mkdir(place, { recursive: true });
for (const [, kind, code] of examples) {
  const line = text.slice(0, text.indexOf(code)).split('\n').length;
  await writeFile(resolve(place, `line-${line}.${kind}`), code);
}
const settings = {
  extends: '../../tsconfig.json',
  include: ['*.ts', '*.tsx', '../../../plugin-api/sample/*/src/main/web/**/*.js'],
  compilerOptions: {
    types: [],
    allowJs: true,
    checkJs: true,
    paths: { '@tandem/sdk': ['./sdk/index.d.ts'], '@tandem/sdk/react': ['./sdk/react.d.ts'] },
  },
};
await writeFile(resolve(place, 'tsconfig.json'), JSON.stringify(settings));
const compile = (...options) => execFileSync('npx', ['--no-install', 'tsc', ...options], { cwd: root, stdio: 'inherit' });
compile('-p', 'build/sdk.tsconfig.json', '--outDir', resolve(place, 'sdk'));
compile('-p', place);
console.log(`${examples.length} examples of the README and the modules of the samples compile`);
