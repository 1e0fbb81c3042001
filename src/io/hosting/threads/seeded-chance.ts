/**
 * A bot's chance from seeds, so that it plays the same again, and a watch over the clocks that it reads. To be set up before the bot
 * is loaded, which may keep `Math.random` as it is then.
 */
import { createFastUint32Stream } from '../../../chance/fast-random.js';
import type { Times } from '../../../time/clock.js';

const mantissaRange = 2 ** 53;

export interface SeededChance {
  /** `Math.random` goes on from this seed, and the next reading of a clock is told. */
  renew(seed: string): void;
  /** Times with which a bot is shown its deadline, which is a clock. */
  watched(times: Times): Times;
}

/** @param onClock called at the first reading of a clock, and at the first one after each `renew`. */
export function seedChance(onClock: () => void): SeededChance {
  let next = createFastUint32Stream('loading');
  let isTold = false;
  const noteClock = (): void => {
    if (isTold) return;
    isTold = true;
    onClock();
  };
  Math.random = () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / mantissaRange;
  watchClocks(noteClock);
  return {
    renew(seed) {
      next = createFastUint32Stream(seed);
      isTold = false;
    },
    watched: ({ now, wallNow }) => ({
      now,
      wallNow() {
        noteClock();
        return wallNow();
      },
    }),
  };
}

/** Those that bots use: `Date`, `performance.now` and `process.hrtime`. What a bot imports from `node:perf_hooks` is not seen. */
function watchClocks(noteClock: () => void): void {
  const real = Date;
  const now = (): number => {
    noteClock();
    return real.now();
  };
  globalThis.Date = new Proxy(real, {
    get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
    apply(target, self, given) {
      noteClock();
      return Reflect.apply(target as () => string, self, given);
    },
    construct(target, given, newTarget) {
      if (given.length === 0) noteClock();
      return Reflect.construct(target, given, newTarget) as object;
    },
  });
  const { performance: timing } = globalThis;
  const shown = new Proxy(timing, {
    get(target, key) {
      if (key === 'now') noteClock();
      const value = Reflect.get(target, key, target) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  Object.defineProperty(globalThis, 'performance', { value: shown, configurable: true, writable: true });
  const { hrtime } = process;
  process.hrtime = Object.assign(
    (since?: [number, number]): [number, number] => {
      noteClock();
      return hrtime(since);
    },
    {
      bigint(): bigint {
        noteClock();
        return hrtime.bigint();
      },
    },
  );
}
