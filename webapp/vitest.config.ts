import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The vectors that are shared with Java lie beside this folder.
  assetsInclude: ['**/vectors/*.gz'],
  server: { fs: { allow: ['..'] } },
  test: {
    include: ['{src,vectors}/**/*.test.{ts,tsx}'],
  },
});
