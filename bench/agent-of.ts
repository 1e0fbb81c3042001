/** The agent of a built checkout of this package: what is measured is what ships, whatever this folder is run with. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

type Entry = typeof import('../src/agent/agent.js');

const thisCheckout = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param checkout a folder. Default: this one.
 * @throws {Error} when the package is not built there.
 */
export async function agentOf(checkout: string = thisCheckout): Promise<Entry['createAgent']> {
  const entry = entryOf(checkout);
  if (entry === null) throw new Error(`${checkout} has no dist/index.js: run \`npm run build\` there.`);
  return ((await import(pathToFileURL(entry).href)) as Entry).createAgent;
}

/** The built entry of a checkout; null where it is not built. */
export function entryOf(checkout: string): string | null {
  const entry = resolve(checkout, 'dist/index.js');
  return existsSync(entry) ? entry : null;
}
