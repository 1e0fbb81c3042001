/** Workers of arenas on this thread, whose jobs are threads as those of any other. */
import { type FleetBot } from '../../src/arena/fleet-bots.js';
import {
  type FleetEvent,
  type FleetWorker,
  type FleetWorkerOptions,
  startFleetWorker,
} from '../../src/arena/fleet-worker.js';
import { type Bus, connectBus } from '../../src/io/hosting/remote/bus.js';

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
