import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';

/** Counts the threads of this process, from now until `stop`. */
export function watchThreads() {
  const live = new Set<Worker>();
  let started = 0;
  const onStart = (message: unknown): void => {
    const { worker } = message as { worker: Worker };
    started += 1;
    live.add(worker);
    worker.once('exit', () => live.delete(worker));
  };
  subscribe('worker_threads', onStart);
  return {
    live: () => live.size,
    started: () => started,
    stop: () => void unsubscribe('worker_threads', onStart),
  };
}
