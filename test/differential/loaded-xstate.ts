import { createRequire } from 'node:module';
import { createActor, StateMachine } from 'xstate';
import { matchMachine } from '../../src/machines/match.js';

const require = createRequire(import.meta.url);

/**
 * The version of the XState that this program runs, charts and all.
 *
 * @throws {Error} when parts of the program run another one.
 */
export function loadedXState(): string {
  const found = require('xstate') as { createActor: unknown };
  const { version } = require('xstate/package.json') as { version: string };
  if (found.createActor !== createActor || !(matchMachine instanceof StateMachine)) {
    throw new Error(`Not everything here runs XState ${version}: there are two copies of it.`);
  }
  return version;
}
