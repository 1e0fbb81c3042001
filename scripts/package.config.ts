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

/** What processes begin with: a program that uses the package, a command, a bot. */
const beginnings = [
  ...entries,
  // What the program loads as it goes: arguments, a session, its agent.
  'cli/process',
  'cli/program',
  'cli/commands/run-command',
  'agent/agent',
].map((path) => `${src}${path}.ts`);

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** What the bundler tells of a module. */
interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

const reached = new Map<string, Set<string>>();

/** Everything that is loaded with this module. */
function reachOf(beginning: string, graph: Graph): Set<string> {
  const known = reached.get(beginning);
  if (known !== undefined) return known;
  const found = new Set([beginning]);
  for (const id of found) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  reached.set(beginning, found);
  return found;
}

/**
 * One file for all modules that the same beginnings need, so that none of these loads what it has no use for. What none of them
 * needs is left to the bundler, which has a file for each command. An entry keeps its own: that of the program imports nothing.
 */
function togetherWith(id: string, graph: Graph): string | null {
  if (!id.startsWith(src) || entries.includes(id.slice(src.length, -'.ts'.length))) return null;
  const needing = beginnings
    .map((beginning, n) => (reachOf(beginning, graph).has(id) ? letters[n] : ''))
    .join('');
  return needing === '' ? null : `for-${needing}`;
}

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
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'shared/[name]-[hash].js',
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: togetherWith, debugName: 'by beginnings' }],
        },
      },
    },
  },
});
