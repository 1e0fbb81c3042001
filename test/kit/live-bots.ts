import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';

/** Counts the threads of this process and the processes of its bots, from now until `stop`. */
export function watchBots() {
  const live = new Set<Worker | ChildProcess>();
  let started = 0;
  const add = (bot: Worker | ChildProcess): void => {
    started += 1;
    live.add(bot);
    bot.once('exit', () => live.delete(bot));
  };
  const onThread = (message: unknown): void => add((message as { worker: Worker }).worker);
  const onProcess = (message: unknown): void => {
    const child = (message as { process: ChildProcess }).process;
    // It has its arguments a moment later; a shell watches over those of the bots.
    queueMicrotask(() => {
      if (child.spawnargs.some((text) => text.includes('bot-process-entry'))) add(child);
    });
  };
  subscribe('worker_threads', onThread);
  subscribe('child_process', onProcess);
  return {
    live: () => live.size,
    started: () => started,
    stop: () => {
      unsubscribe('worker_threads', onThread);
      unsubscribe('child_process', onProcess);
    },
  };
}
