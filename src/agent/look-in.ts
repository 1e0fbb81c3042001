/**
 * A machine that slept may have slept through the announcement of a fixture and through its mark: the list no longer has what has
 * opened. The platform waits 90 s for the bot (docs/protocol.md 7), so the session looks into its lobby for that time.
 */
import { seasonDefaults } from '../machines/season.context.js';
import type { Clock } from '../time/clock.js';
import type { ClockJumps } from '../time/clock-jumps.js';
import { createOwnTimers } from '../time/own-timers.js';
import type { LobbyDesk } from './lobby-needs.js';

const defaults = {
  /** The 90 s of the platform, and a moment for clocks that differ. */
  stayMs: 100_000,
  /** While a session runs, its list is never so old. */
  staleMs: seasonDefaults.listEveryMs + 60_000,
} as const;

export interface LookInParts {
  needs: Pick<LobbyDesk, 'say'>;
  clock: Clock;
  /** Epoch milliseconds of the wall clock. */
  wallNow: () => number;
  jumps: ClockJumps;
  /** When the list of fixtures was read the last time, on the wall clock; null: never. */
  listedAt: () => number | null;
}

/** Begins at once; returns the function that ends it. */
export function lookInAfterSleep({ needs, clock, wallNow, jumps, listedAt }: LookInParts): () => void {
  const timers = createOwnTimers(clock);
  const leave = (): void => needs.say('unseen', false, 'no fixture has opened unseen');
  const unwatch = jumps.watch(() => {
    const at = listedAt();
    if (at === null || wallNow() - at <= defaults.staleMs) return;
    timers.clear();
    timers.later(defaults.stayMs, leave);
    needs.say('unseen', true, '');
  });
  return () => {
    unwatch();
    timers.clear();
  };
}
