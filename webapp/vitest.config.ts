import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The vectors that are shared with Java lie beside this folder.
  assetsInclude: ['**/vectors/*.gz'],
  server: { fs: { allow: ['..'] } },
  test: {
    // Random tests run many times over, and a busy machine is no fault of theirs.
    testTimeout: 120_000,
    include: ['{src,vectors}/**/*.test.{ts,tsx}'],
  },
});
