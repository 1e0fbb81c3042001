/** How a thread or a process starts from sources, as in tests and benchmarks: it has to translate its own files first. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What this package's own name means there: its sources. */
const ownName = {
  'chipzen-agent': fileURLToPath(new URL('../../../index.ts', import.meta.url)),
  'chipzen-agent/sandbox': fileURLToPath(new URL('../../../sandbox/index.ts', import.meta.url)),
};

/** @returns a program in JavaScript that runs this file, or null where the package is built and no translation is needed. */
export function sourceStart(entry: URL): string | null {
  if (!import.meta.url.endsWith('.ts')) return null;
  const jiti = createRequire(import.meta.url).resolve('jiti');
  const file = JSON.stringify(fileURLToPath(entry));
  const options = JSON.stringify({ alias: ownName });
  return `require(${JSON.stringify(jiti)}).createJiti(${file}, ${options}).import(${file})`;
}
