/** Runs of the arena with bots that a test writes into files. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArenaOptions } from '../../src/arena/arena-options.js';
import type { ArenaResult } from '../../src/arena/arena-result.js';
import { runArena } from '../../src/arena/run-arena.js';
import { makeFolder } from '../kit/folder.js';

export const callerBody = `{ action: s.validActions.includes('check') ? 'check' : 'call' }`;

/** Writes bots, whose bodies are those of a class. */
export function botFiles<Name extends string>(
  bodies: Record<Name, string>,
): Record<Name, { module: string }> {
  const folder = makeFolder();
  const entries = Object.entries<string>(bodies).map(([name, body]) => {
    const file = join(folder, `${name}.mjs`);
    writeFileSync(file, `${body.includes('export default') ? body : `export default class { ${body} }`}\n`);
    return [name, { module: file }];
  });
  return Object.fromEntries(entries) as Record<Name, { module: string }>;
}

export const runBots = (options: Partial<ArenaOptions> & Pick<ArenaOptions, 'bots'>): Promise<ArenaResult> =>
  runArena({ seed: 'test', isolate: 'worker', jobs: 1, env: {}, ...options });

/** What hangs on the seed alone. */
export const toldOf = ({ pairings, end, isRepeatable }: ArenaResult): unknown => ({
  pairings,
  end,
  isRepeatable,
});

export const meanOf = ({ pairings }: ArenaResult): number | null | undefined =>
  pairings[0]?.contrasts[0]?.verdict.mean;
