import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import description from '../package.json' with { type: 'json' };

const src = fileURLToPath(new URL('../src/', import.meta.url));

/** What is loaded by its name: the paths of `exports`, the program, and what runs in a thread or process. */
const entries = [
  ...Object.values(description.exports).flatMap((path) => (typeof path === 'string' ? [] : [path.default])),
  description.bin['chipzen-agent'],
  './dist/io/hosting/threads/bot-thread-entry.js',
  './dist/io/hosting/processes/bot-process-entry.js',
  './dist/arena/arena-job-entry.js',
].map((path) => path.slice('./dist/'.length, -'.js'.length));

/**
 * The package's own files, put together in a few: Node takes longer to find and link a hundred modules than to run them.
 * What several entries need is in files that they share, so that there is one of each class whichever way it was loaded.
 */
export default defineConfig({
  logLevel: 'warn',
  publicDir: false,
  define: { builtVersion: JSON.stringify(description.version) },
  build: {
    ssr: true,
    target: 'node20',
    outDir: fileURLToPath(new URL('../dist/', import.meta.url)),
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(entries.map((entry) => [entry, `${src}${entry}.ts`])),
      output: { entryFileNames: '[name].js', chunkFileNames: 'shared/[name]-[hash].js' },
    },
  },
});
