/**
 * How long a bot holds its thread without a pause, and how much memory it has in use: every few milliseconds its thread is
 * asked whether it is free.
 */
import type { BotPool } from '../io/hosting/pool/bot-pool.js';
import type { ThreadUse, ToThread } from '../io/hosting/threads/bot-messages.js';
import type { BotThread } from '../io/hosting/threads/bot-thread.js';
import type { WorldClock } from '../time/clock.js';

const defaults = {
  pauseMs: 10,
  /** A thread that waits for the machine computes nothing meanwhile; one that waits for a file holds its thread for longer. */
  idleHoldMs: 500,
  /** How late a timer of this thread may be before what it saw of another one says nothing. */
  maxOwnLagMs: 15,
} as const;

export interface LoopSighting {
  /** For so long the thread did nothing else. */
  heldMs: number;
  /** What it was told just before: `decide`, or a hook. */
  by: string;
}

export interface LoopListener {
  onHeld: (sighting: LoopSighting) => void;
  onMemory: (bytes: number) => void;
}

/** The same pool, whose threads are watched. */
export function watchPool(pool: BotPool, clock: WorldClock, listener: LoopListener): BotPool {
  return { ...pool, take: (isUrgent) => watchThread(pool.take(isUrgent), clock, listener) };
}

/** What a message makes the bot do; null: nothing of its own. */
function workOf(message: ToThread): string | null {
  if (message.type === 'revive') return 'restore';
  if (message.type !== 'command') return null;
  const { command } = message;
  if (command.type === 'bot.observe') return command.frame.type === 'hello' ? null : command.frame.type;
  return command.type === 'bot.decide' ? 'decide' : command.type;
}

function watchThread(thread: BotThread, clock: WorldClock, { onHeld, onMemory }: LoopListener): BotThread {
  // Ids of its own: those of the port count upwards.
  let id = 0;
  let sentAt = 0;
  let works: string[] = [];
  let timer: unknown;
  let isOver = false;
  /** What the thread had computed at the probe before. */
  let cpuMs: number | null = null;
  const lag = meterLag(clock);

  const later = (): void => {
    if (!isOver) timer = clock.setTimeout(probe, defaults.pauseMs);
  };
  const probe = (): void => {
    // Loading is measured by itself.
    if (!thread.isMade) return later();
    id -= 1;
    sentAt = clock.now();
    lag.restart();
    thread.post({ type: 'probe', id, measures: true });
  };
  const answered = ({ memoryBytes, cpuMs: usedMs }: ThreadUse): void => {
    const waitedMs = clock.now() - sentAt;
    const computedMs = cpuMs === null ? 0 : usedMs - cpuMs;
    const heldMs = heldOf(waitedMs, computedMs);
    if (cpuMs !== null && lag.worstMs() <= defaults.maxOwnLagMs) {
      onHeld({ heldMs, by: works.includes('decide') ? 'decide' : (works.at(-1) ?? 'a timer') });
    }
    cpuMs = usedMs;
    // The last one may not have begun.
    works = works.slice(-1);
    onMemory(memoryBytes);
    later();
  };
  const stop = (): void => {
    isOver = true;
    clock.clearTimeout(timer);
    lag.stop();
  };
  void thread.gone.then(stop);
  later();

  return {
    ...thread,
    get isMade() {
      return thread.isMade;
    },
    get hasEnded() {
      return thread.hasEnded;
    },
    get matchId() {
      return thread.matchId ?? null;
    },
    post(message) {
      const work = workOf(message);
      if (work !== null) works.push(work);
      thread.post(message);
    },
    listen: (to) =>
      thread.listen({
        ...to,
        onMessage(message) {
          if (message.type === 'alive' && message.id < 0) {
            if (message.id === id && message.use !== undefined && !isOver) answered(message.use);
          } else to.onMessage(message);
        },
      }),
    end() {
      stop();
      return thread.end();
    },
  };
}

/** How much of a wait was the thread's own doing. */
export const heldOf = (waitedMs: number, computedMs: number): number =>
  waitedMs >= defaults.idleHoldMs ? waitedMs : Math.min(waitedMs, computedMs);

/** How late the timers of this thread are. */
interface LagMeter {
  restart: () => void;
  worstMs: () => number;
  stop: () => void;
}

function meterLag(clock: WorldClock): LagMeter {
  let worstMs = 0;
  let dueAt = 0;
  let timer: unknown;
  const tick = (): void => {
    dueAt = clock.now() + defaults.pauseMs;
    timer = clock.setTimeout(() => {
      worstMs = Math.max(worstMs, clock.now() - dueAt);
      tick();
    }, defaults.pauseMs);
  };
  tick();
  return {
    restart() {
      worstMs = 0;
    },
    worstMs: () => Math.max(worstMs, clock.now() - dueAt),
    stop: () => clock.clearTimeout(timer),
  };
}
