/** What a campaign must know of its platform: who is in the lobby, and how each match fares. */
import type { MatchEnd } from '../../src/protocol/frames.js';
import type { Sandbox, SandboxEvent } from '../../src/sandbox/index.js';

/** Times are those of `performance.now()`. */
export interface WatchedMatch {
  createdAt: number;
  hasStarted: boolean;
  /** When its seat was lost last. */
  awayAt: number | null;
  /** When its seat was taken, for the first time or again. */
  seatedAt: number[];
  /** Turns that the platform played. */
  substituted: number;
  end: MatchEnd | null;
}

export interface PlatformWatch {
  isOnline(botId: string): boolean;
  /** @throws {RangeError} for a match that was never created. */
  match(matchId: string): WatchedMatch;
  /** Resolves with true as soon as it holds, and with false when that takes too long or the signal is aborted. */
  until(holds: () => boolean, limitMs: number, signal: AbortSignal): Promise<boolean>;
  /** For what is no event of the platform. */
  lookAgain(): void;
  stop(): void;
}

export function watchPlatform(platform: Sandbox): PlatformWatch {
  const online = new Set<string>();
  const matches = new Map<string, WatchedMatch>();
  const waiting = new Set<() => void>();

  const lookAgain = (): void => {
    for (const look of waiting) look();
  };

  function hear(event: SandboxEvent): void {
    if (event.type === 'lobby.online') online.add(event.botId);
    else if (event.type === 'lobby.offline') online.delete(event.botId);
    else if (event.type === 'match.created') {
      matches.set(event.matchId, {
        createdAt: performance.now(),
        hasStarted: false,
        awayAt: null,
        seatedAt: [],
        substituted: 0,
        end: null,
      });
    } else if ('matchId' in event) {
      const match = matches.get(event.matchId);
      if (match === undefined || !note(match, event)) return;
    } else return;
    lookAgain();
  }

  const stop = platform.on(hear);
  return {
    isOnline: (botId) => online.has(botId),
    match(matchId) {
      const match = matches.get(matchId);
      if (match === undefined) throw new RangeError(`There is no match ${matchId}.`);
      return match;
    },
    until(holds, limitMs, signal) {
      return new Promise((resolve) => {
        const settle = (held: boolean): void => {
          waiting.delete(look);
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          resolve(held);
        };
        const look = (): void => {
          if (holds()) settle(true);
        };
        const onAbort = (): void => settle(false);
        const timer = setTimeout(() => settle(false), limitMs);
        waiting.add(look);
        signal.addEventListener('abort', onAbort);
        if (signal.aborted) settle(false);
        else look();
      });
    },
    lookAgain,
    stop,
  };
}

/** @returns whether somebody may have waited for it. */
function note(match: WatchedMatch, event: SandboxEvent): boolean {
  if (event.type === 'turn.substituted') match.substituted += 1;
  else if (event.type === 'match.started') match.hasStarted = true;
  else if (event.type === 'seat.connected') match.seatedAt.push(performance.now());
  else if (event.type === 'seat.disconnected') match.awayAt = performance.now();
  else if (event.type === 'match.ended') match.end = event.end;
  else return false;
  return true;
}
