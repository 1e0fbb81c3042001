/**
 * How a thread or a process starts from sources, as in tests and benchmarks: its own files have to be translated
 * first.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Maps the package's own name to its sources. */
const ownName = {
  'chipzen-agent': fileURLToPath(new URL('../../../index.ts', import.meta.url)),
  'chipzen-agent/holdem': fileURLToPath(new URL('../../../holdem/index.ts', import.meta.url)),
  'chipzen-agent/platform': fileURLToPath(new URL('../../../platform/index.ts', import.meta.url)),
  'chipzen-agent/sandbox': fileURLToPath(new URL('../../../sandbox/index.ts', import.meta.url)),
};

/** @returns a JavaScript program that runs this file; null where the package is built and needs no translation. */
export function sourceStart(entry: URL): string | null {
  if (!import.meta.url.endsWith('.ts')) return null;
  const jiti = createRequire(import.meta.url).resolve('jiti');
  const file = JSON.stringify(fileURLToPath(entry));
  const options = JSON.stringify({ alias: ownName });
  return `require(${JSON.stringify(jiti)}).createJiti(${file}, ${options}).import(${file})`;
}
