import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The page as the package ships it: a few files, which need nothing from elsewhere. */
export default defineConfig({
  root: here,
  base: './',
  publicDir: fileURLToPath(new URL('../src/web/look/public/', import.meta.url)),
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/dashboard/page',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The content security policy of the page allows no data: addresses.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
