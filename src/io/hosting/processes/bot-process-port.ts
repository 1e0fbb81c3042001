/** What a file that was written for a bot's thread looks for, where the bot has a process. */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import type * as threads from 'node:worker_threads';

/**
 * Gives this process a `parentPort`, so that a bot file that names it loads here as it does in a thread. Nobody is at
 * its other end: what is between a bot and the agent is no business of the bot's.
 */
export function giveParentPort(): void {
  const all = createRequire(import.meta.url)('node:worker_threads') as {
    -readonly [K in keyof typeof threads]: (typeof threads)[K];
  };
  all.parentPort = new all.MessageChannel().port1;
  syncBuiltinESMExports();
}
