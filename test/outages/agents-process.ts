/** Starts the agents of a build and speaks with them. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, Told } from './agents-messages.js';

export interface AgentsProcess {
  tell(order: Order): void;
  close(): Promise<void>;
}

/**
 * @param folder of a built project.
 * @param onTold called with all that the agents say.
 * @param onGone the process has ended before it was closed.
 */
export async function startAgents(
  folder: string,
  onTold: (told: Told) => void,
  onGone: () => void,
): Promise<AgentsProcess> {
  const child = fork(fileURLToPath(new URL('./agents.ts', import.meta.url)), [folder], {
    execArgv: ['--import', 'jiti/register'],
    env: { ...process.env, JITI_TRY_NATIVE: '1' },
  });
  let closing = false;
  const exited = once(child, 'exit');
  const ready = new Promise<void>((resolve) => {
    child.on('message', (told: Told) => (told.type === 'ready' ? resolve() : onTold(told)));
  });
  void exited.then(() => closing || onGone());
  await Promise.race([
    ready,
    exited.then(() => {
      throw new Error(`The agents of ${folder} could not be started. Is it built?`);
    }),
  ]);
  return {
    tell(order) {
      if (child.connected) child.send(order);
    },
    async close() {
      closing = true;
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
