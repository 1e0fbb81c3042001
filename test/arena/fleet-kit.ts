/** Arenas and their workers on this thread, whose jobs are threads as those of any other. */
import type { ArenaOptions } from '../../src/arena/arena-options.js';
import type { ArenaResult } from '../../src/arena/arena-result.js';
import type { FleetBot } from '../../src/arena/fleet-bots.js';
import {
  type FleetEvent,
  type FleetWorker,
  type FleetWorkerOptions,
  startFleetWorker,
} from '../../src/arena/fleet-worker.js';
import { runArena } from '../../src/arena/run-arena.js';
import { type Bus, connectBus } from '../../src/io/hosting/remote/bus.js';

const duel: Pick<ArenaOptions, 'bots' | 'seed' | 'isolate' | 'env'> = {
  bots: ['tight-aggressive', 'random'],
  seed: 'test',
  isolate: 'worker',
  env: {},
};

/** A run that this machine plays by itself. */
export const playHere = (options: Partial<ArenaOptions>): Promise<ArenaResult> =>
  runArena({ ...duel, jobs: 1, ...options });

/** A run that workers play. */
export const playThere = (url: string, options: Partial<ArenaOptions>): Promise<ArenaResult> =>
  runArena({ ...duel, nats: { url }, ...options });

export interface TestWorker {
  events: FleetEvent[];
  /** Resolves when it tells of this. */
  tells(type: FleetEvent['type']): Promise<FleetEvent>;
  stop(): Promise<void>;
  working: FleetWorker;
  bus: Bus;
}

export async function openFleetWorker(
  url: string,
  more: Partial<FleetWorkerOptions> & { bots?: readonly FleetBot[] } = {},
): Promise<TestWorker> {
  const bus = await connectBus(url, 'test');
  const events: FleetEvent[] = [];
  const waiting = new Set<() => void>();
  const working = startFleetWorker({
    bus,
    name: 'arena',
    worker: `worker-${Math.random()}`,
    bots: [],
    hosting: { place: 'thread', memoryMb: null, env: {} },
    jobs: 1,
    isJobsFixed: true,
    onEvent(event) {
      events.push(event);
      for (const look of waiting) look();
    },
    onOutput: () => undefined,
    onTrouble: () => undefined,
    ...more,
  });
  return {
    events,
    working,
    bus,
    tells: (type) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = events.find((event) => event.type === type);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    async stop() {
      await working.stop();
      await bus.close();
    },
  };
}
