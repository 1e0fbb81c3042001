import { maxTimerMs } from './max-timer.js';

/** How the platform's time relates to the real one. */
export interface Scale {
  /** A pause that the platform makes, in milliseconds; none at speed 0. */
  readonly delay: (ms: number) => number;
  /** A time that somebody has for something, in milliseconds; never none, and of its real length at speed 0. */
  readonly clock: (ms: number) => number;
}

/** @param speed the factor; 0: as fast as possible. */
export function scaleOf(speed: number): Scale {
  return {
    delay: (ms) => Math.min(maxTimerMs, Math.round(ms * speed)),
    clock: (ms) => (speed === 0 ? ms : Math.min(maxTimerMs, Math.max(1, Math.round(ms * speed)))),
  };
}
