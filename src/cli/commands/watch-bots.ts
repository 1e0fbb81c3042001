/** Finds out when the bots of a sandbox are ready for a match. */
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { WorldClock } from '../../time/clock.js';

const defaults = {
  /** A bot that leaves after a match is gone by then, so that no other match is announced to it. */
  idleBeforeMatchMs: 1_000,
  minIdleMs: 50,
} as const;

export interface WatchedBots {
  /** Resolves when all bots have been online without a break for long enough, counted from now. */
  idle(): Promise<void>;
  unwatch(): void;
}

/** @param count the bots of the platform. */
export function watchBots(platform: Sandbox, count: number, speed: number, clock: WorldClock): WatchedBots {
  const idleMs = Math.max(defaults.minIdleMs, Math.round(defaults.idleBeforeMatchMs * speed));
  const online = new Set<string>();
  let timer: unknown = null;
  let onIdle: (() => void) | null = null;

  function restart(): void {
    clock.clearTimeout(timer);
    if (online.size === count && onIdle !== null) timer = clock.setTimeout(onIdle, idleMs);
  }

  const ignore = platform.on((event) => {
    if (event.type === 'lobby.online') online.add(event.botId);
    else if (event.type === 'lobby.offline') online.delete(event.botId);
    else return;
    restart();
  });

  return {
    idle: () =>
      new Promise((resolve) => {
        onIdle = () => {
          onIdle = null;
          resolve();
        };
        restart();
      }),
    unwatch() {
      ignore();
      clock.clearTimeout(timer);
    },
  };
}
