import { maxTimerMs } from './max-timer.js';

/** How the platform's time relates to real time. */
export interface Scale {
  /** Scales a pause that the platform makes, in milliseconds. 0 at speed 0. */
  readonly delay: (ms: number) => number;
  /** Scales a time limit, in milliseconds. At least 1; not scaled at speed 0. */
  readonly clock: (ms: number) => number;
}

/** @param speed the factor; 0: as fast as possible. */
export function scaleOf(speed: number): Scale {
  return {
    delay: (ms) => Math.min(maxTimerMs, Math.round(ms * speed)),
    clock: (ms) => (speed === 0 ? ms : Math.min(maxTimerMs, Math.max(1, Math.round(ms * speed)))),
  };
}
