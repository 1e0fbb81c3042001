import { createRequire } from 'node:module';
import { createActor } from 'xstate';

const ofTests = createRequire(import.meta.url);
const ofSources = createRequire(new URL('../../src/machines/match.ts', import.meta.url));

/**
 * The version of the XState that this program runs, charts and all.
 *
 * @throws {Error} when parts of the program run another one.
 */
export function loadedXState(): string {
  const { version } = ofTests('xstate/package.json') as { version: string };
  const copies = [ofTests, ofSources].map((load) => (load('xstate') as { createActor: unknown }).createActor);
  if (copies.every((copy) => copy === createActor)) return version;
  throw new Error(`Not everything here runs XState ${version}: there are two copies of it.`);
}
