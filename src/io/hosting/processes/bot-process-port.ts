/** Gives a bot's process what bot files expect in a thread. */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import type * as threads from 'node:worker_threads';

/**
 * Gives this process a `parentPort`, so that a bot file that uses it loads here as in a thread. Nothing is connected
 * to its other end: the messages with the agent are not for the bot's code.
 */
export function giveParentPort(): void {
  const all = createRequire(import.meta.url)('node:worker_threads') as {
    -readonly [K in keyof typeof threads]: (typeof threads)[K];
  };
  all.parentPort = new all.MessageChannel().port1;
  syncBuiltinESMExports();
}
