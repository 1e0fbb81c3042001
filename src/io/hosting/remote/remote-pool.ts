/** The threads of an agent whose bots are at workers. */

import { InternalError } from '../../../protocol/errors.js';
import type { Clock } from '../../../time/clock.js';
import type { BotPool } from '../pool/bot-pool.js';
import type { BotThread } from '../threads/bot-thread.js';
import type { Bus } from './bus.js';

interface RemotePoolOptions {
  url: string;
  name: string;
  clock: Clock;
  now: () => number;
}

/** `prepare()` loads NATS and connects. Only the server has to be there by then, not the workers. */
export function createRemotePool({ url, name, clock, now }: RemotePoolOptions): BotPool {
  let bus: Bus | null = null;
  let start: ((bus: Bus) => BotThread) | null = null;
  let closed = false;
  const threads = new Set<BotThread>();

  return {
    async prepare() {
      const [{ connectBus }, { startRemoteThread }] = await Promise.all([
        import('./bus.js'),
        import('./remote-thread.js'),
      ]);
      const connected = await connectBus(url, 'chipzen-agent');
      if (closed) return connected.close();
      bus = connected;
      start = (to) => startRemoteThread({ bus: to, name, clock, now });
      return undefined;
    },
    take() {
      if (bus === null || start === null) throw new InternalError('Workers were asked before they could be.');
      const thread = start(bus);
      threads.add(thread);
      for (const old of threads) if (old.hasEnded) threads.delete(old);
      return thread;
    },
    async close() {
      closed = true;
      await Promise.all([...threads].map((thread) => thread.end()));
      await bus?.close();
      return [];
    },
  };
}
