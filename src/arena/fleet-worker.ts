/**
 * A worker of arenas: plays blocks of any run on a NATS server whose bots it has. The connection lives on this thread, and every hand is
 * played on another one, so that none of both keeps the other waiting.
 */
import { type HearingEvent, type HearingOptions, hearRuns } from './fleet-heard.js';
import { type FleetThreadOptions, runFleetThread, type ThreadEvent } from './fleet-thread.js';
import { createRunTurns } from './fleet-turns.js';

export type FleetEvent = HearingEvent | ThreadEvent;

/** `worker`: with something by chance in it, so that one that is started again is another one. */
export interface FleetWorkerOptions
  extends Omit<HearingOptions, 'onEvent'>,
    Pick<FleetThreadOptions, 'onOutput' | 'onTrouble'> {
  onEvent: (event: FleetEvent) => void;
}

export interface FleetWorker {
  /** Takes no more blocks; resolves when those that are played are over. */
  drain(): Promise<void>;
  /** Gives back what is being played. */
  stop(): Promise<void>;
}

export function startFleetWorker(options: FleetWorkerOptions): FleetWorker {
  const runs = hearRuns(options);
  const turns = createRunTurns();
  const draining = new AbortController();
  const stopped = new AbortController();
  const threads = Array.from({ length: options.jobs }, (_, index) =>
    runFleetThread({ ...options, index, runs, turns, draining: draining.signal, stopped: stopped.signal }),
  );
  const drain = async (): Promise<void> => {
    draining.abort();
    runs.joinNoMore();
    await Promise.all(threads);
  };
  return {
    drain,
    async stop() {
      stopped.abort();
      draining.abort();
      runs.close();
      await Promise.all(threads);
    },
  };
}
