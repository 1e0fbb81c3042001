import { createFastUint32Stream } from '../../src/chance/fast-random.js';

/** Random numbers of one walk. */
export interface Draw {
  below(bound: number): number;
  of<T>(list: readonly T[]): T;
  /** True once in `times`. */
  once(times: number): boolean;
}

export function createDraw(seed: string): Draw {
  const next = createFastUint32Stream(seed);
  const below = (bound: number) => next() % bound;
  return { below, of: (list) => list[below(list.length)] as never, once: (times) => below(times) === 0 };
}
