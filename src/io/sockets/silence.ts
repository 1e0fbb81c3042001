import type { Clock } from '../../time/clock.js';

/** Options of a silence watch. */
interface SilenceOptions {
  clock: Clock;
  /** How long nothing may be received, in ms. */
  limitMs: number;
  /** How many checks there are within the limit. Silence is noticed at most one check late. */
  looks: number;
  /** Called once, when the limit is over. The watch ends then. */
  onSilent: () => void;
}

/** A running watch. */
export interface SilenceWatch {
  /** To be called when something was received. */
  received(): void;
  stop(): void;
}

/**
 * Watches for silence with several checks instead of one long timer: a process that was blocked (by a slow
 * synchronous bot, or a laptop that slept) misses one check at most and then reads what has arrived meanwhile, so
 * that it does not take its own silence for the peer's. `received` costs one assignment.
 */
export function watchSilence(options: SilenceOptions): SilenceWatch {
  const { clock, limitMs, looks, onSilent } = options;
  let quietLooks = 0;
  let timer: unknown;

  const look = () => {
    quietLooks += 1;
    if (quietLooks >= looks) {
      onSilent();
      return;
    }
    timer = clock.setTimeout(look, limitMs / looks);
  };
  timer = clock.setTimeout(look, limitMs / looks);

  return {
    received() {
      // The next check does not count: a part of its interval was before this moment.
      quietLooks = -1;
    },
    stop() {
      clock.clearTimeout(timer);
    },
  };
}
