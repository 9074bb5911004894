// Builds the two bundles into target/: `wiki` (shared modules, the wiki's script and styles, the
// manifest that the host reads) and `collab` (the plugin's editor); and `sdk`, the package that the
// developer of a plugin installs, which the wiki serves too.
process.env.NODE_ENV = 'production';

import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { fileName, OWN, SHARED, sharedEntries } from './shared.mjs';

const root = resolve(import.meta.dirname, '..');
const wiki = resolve(root, 'target/wiki/web');
const collab = resolve(root, 'target/collab/web');
const sdk = resolve(root, 'target/sdk');

const common = {
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** Marks for server components, which mean nothing in a browser, are no news. */
function onwarn(warning, warn) {
  if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
}

async function buildShared() {
  const entries = sharedEntries();
  const { output } = await build({
    ...common,
    plugins: [entries],
    build: {
      outDir: resolve(wiki, 'assets/shared'),
      emptyOutDir: true,
      target: 'es2022',
      minify: true,
      modulePreload: false,
      rollupOptions: {
        onwarn,
        input: entries.input,
        preserveEntrySignatures: 'strict',
        output: {
          format: 'es',
          entryFileNames: '[name]-[hash].js',
          chunkFileNames: 'chunk-[name]-[hash].js',
        },
      },
    },
  });
  const files = new Map(
    output.filter((chunk) => chunk.type === 'chunk' && chunk.isEntry).map((chunk) => [chunk.name, chunk.fileName]),
  );
  return Object.fromEntries(
    SHARED.map((name) => [name, `/assets/shared/${files.get(fileName(name))}`]),
  );
}

async function buildWiki() {
  const { output } = await build({
    ...common,
    build: {
      outDir: resolve(wiki, 'assets/wiki'),
      emptyOutDir: true,
      target: 'es2022',
      minify: true,
      modulePreload: false,
      rollupOptions: {
        input: { wiki: resolve(root, 'src/wiki/wiki.ts') },
        output: {
          format: 'es',
          entryFileNames: '[name]-[hash].js',
          assetFileNames: '[name]-[hash][extname]',
        },
      },
    },
  });
  const script = output.find((chunk) => chunk.type === 'chunk' && chunk.isEntry);
  const styles = output.filter((asset) => asset.fileName.endsWith('.css'));
  return {
    script: `/assets/wiki/${script.fileName}`,
    styles: styles.map((asset) => `/assets/wiki/${asset.fileName}`),
  };
}

async function buildCollab() {
  await build({
    ...common,
    plugins: [react()],
    build: {
      outDir: collab,
      emptyOutDir: true,
      target: 'es2022',
      minify: true,
      modulePreload: false,
      cssCodeSplit: false,
      lib: { entry: resolve(root, 'src/editor/main.tsx'), formats: ['es'], fileName: () => 'editor.js', cssFileName: 'editor' },
      rollupOptions: { onwarn, external: SHARED },
    },
  });
}

/** The package with the SDK's types and modules, from the sources that the wiki's own are built from. */
async function buildSdk() {
  const { version, dependencies } = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8'));
  await rm(sdk, { recursive: true, force: true });
  await build({
    ...common,
    build: {
      outDir: sdk,
      target: 'es2022',
      minify: false,
      modulePreload: false,
      lib: { entry: { index: OWN['@tandem/sdk'], react: OWN['@tandem/sdk/react'] }, formats: ['es'] },
      rollupOptions: { onwarn, external: SHARED },
    },
  });
  execFileSync('npx', ['--no-install', 'tsc', '-p', 'build/sdk.tsconfig.json', '--outDir', sdk], { cwd: root, stdio: 'inherit' });
  const peers = ['@tiptap/core', '@tiptap/pm', 'react', 'react-dom'];
  const about = {
    name: '@tandem/sdk',
    version,
    description: 'What the front end of a Tandem plugin is written with',
    license: 'Apache-2.0',
    type: 'module',
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './react': { types: './react.d.ts', default: './react.js' },
    },
    peerDependencies: Object.fromEntries(peers.map((name) => [name, dependencies[name]])),
    peerDependenciesMeta: { react: { optional: true }, 'react-dom': { optional: true } },
  };
  await writeFile(resolve(sdk, 'package.json'), `${JSON.stringify(about, null, 2)}\n`);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', resolve(root, 'target')], { cwd: sdk });
  await mkdir(resolve(wiki, 'assets/sdk'), { recursive: true });
  await copyFile(resolve(root, `target/tandem-sdk-${version}.tgz`), resolve(wiki, `assets/sdk/tandem-sdk-${version}.tgz`));
}

await rm(resolve(root, 'target/wiki'), { recursive: true, force: true });
await mkdir(wiki, { recursive: true });
const imports = await buildShared();
const own = await buildWiki();
await writeFile(resolve(wiki, 'manifest.json'), `${JSON.stringify({ imports, wiki: own }, null, 2)}\n`);
await buildCollab();
await buildSdk();
