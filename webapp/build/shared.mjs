// The modules that the wiki serves once: the co-editing editor and every plugin's front end import
// them by bare name, through the import map of the page.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

export const SHARED = [
  'react',
  'react/jsx-runtime',
  'react-dom',
  'react-dom/client',
  '@tiptap/core',
  '@tiptap/react',
  '@tiptap/pm/state',
  '@tiptap/pm/model',
  '@tiptap/pm/view',
  '@tiptap/pm/transform',
  '@tiptap/pm/keymap',
  '@tiptap/pm/commands',
  '@tiptap/pm/inputrules',
  '@tiptap/pm/schema-list',
  '@tiptap/pm/gapcursor',
  '@tiptap/pm/dropcursor',
  '@tandem/sdk',
  '@tandem/sdk/react',
];

/** Those that are made here, by their source. */
export const OWN = {
  '@tandem/sdk': resolve(import.meta.dirname, '../src/sdk/index.ts'),
  '@tandem/sdk/react': resolve(import.meta.dirname, '../src/sdk/react.tsx'),
};

/** CommonJS packages: their names must be written out to be importable one by one. */
const COMMON_JS = new Set(['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client']);

const require = createRequire(import.meta.url);

/** A file-name-safe form of a module's name. */
export function fileName(name) {
  return name.replace(/^@/, '').replaceAll('/', '-');
}

/** The source of the entry that exports all of a module. */
function entrySource(name) {
  if (!COMMON_JS.has(name)) {
    return `export * from '${OWN[name] ?? name}';\n`;
  }
  const names = Object.keys(require(name)).filter((key) => key !== 'default');
  return `import whole from '${name}';\nexport default whole;\nexport const { ${names.join(', ')} } = whole;\n`;
}

/** A Vite plugin with one virtual entry for each shared module. */
export function sharedEntries() {
  const prefix = 'shared-entry:';
  return {
    name: 'shared-entries',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load: (id) => (id.startsWith(`\0${prefix}`) ? entrySource(id.slice(prefix.length + 1)) : null),
    input: Object.fromEntries(SHARED.map((name) => [fileName(name), prefix + name])),
  };
}
