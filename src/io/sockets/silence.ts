import type { Clock } from '../../time/clock.js';

/** How a silence is watched. */
interface SilenceOptions {
  clock: Clock;
  /** How long nothing may be heard, in ms. */
  limitMs: number;
  /** How often it looks within the limit; silence is noticed at most one look late. */
  looks: number;
  /** Called once, when the limit is over. Nothing is watched afterwards. */
  onSilent: () => void;
}

/** A running watch. */
export interface SilenceWatch {
  /** Something was heard. */
  heard(): void;
  stop(): void;
}

/**
 * Watches for silence by looking a few times instead of by one long timer: a process that was blocked (a slow
 * synchronous bot, a laptop that slept) misses one look at most and then reads what has come meanwhile, before it
 * takes its own absence for the peer's. `heard` costs one assignment.
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
    heard() {
      // The look that follows comes too early to count: part of its span was before this moment.
      quietLooks = -1;
    },
    stop() {
      clock.clearTimeout(timer);
    },
  };
}
