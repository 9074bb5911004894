// Prints how long a client takes over a long page: `npm run bench:hash`.
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const { module } = await runnerImport(resolve(import.meta.dirname, 'hash.ts'), { configFile: false });
module.run();
