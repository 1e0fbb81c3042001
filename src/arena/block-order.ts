/**
 * Blocks come as they are finished, and count in the order in which they were given out: short hands come back first, so that what is
 * there early is unlike the rest.
 */
import { InternalError } from '../protocol/errors.js';
import type { BlockRecord } from './arena-record.js';
import type { BlockPlace } from './arena-seat.js';

export interface BlockOrder {
  /** The next block to be played; null: there is none. */
  next(): BlockPlace | null;
  /**
   * Takes a block that was played. A second copy of one that still waits must be the same.
   *
   * @returns the blocks that count from now on: none while an earlier one is not there.
   */
  take(block: BlockRecord): BlockRecord[];
}

export function createBlockOrder(places: Iterator<BlockPlace>): BlockOrder {
  /** Given out and not counted. */
  const open: BlockPlace[] = [];
  const waiting = new Map<string, BlockRecord>();
  return {
    next() {
      const { value, done } = places.next() as IteratorResult<BlockPlace, undefined>;
      if (done === true || value === undefined) return null;
      open.push(value);
      return value;
    },
    take(given) {
      const key = keyOf(given);
      if (!open.some((place) => keyOf(place) === key)) return [];
      const before = waiting.get(key);
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(given)) {
        throw new InternalError(
          `Block ${given.block} of pairing ${given.pairing} was played twice, and differently.`,
        );
      }
      waiting.set(key, given);
      const counted: BlockRecord[] = [];
      for (let [first] = open; first !== undefined; [first] = open) {
        const found = waiting.get(keyOf(first));
        if (found === undefined) break;
        open.shift();
        waiting.delete(keyOf(first));
        counted.push(found);
      }
      return counted;
    },
  };
}

const keyOf = ({ pairing, block }: BlockPlace): string => `${pairing}:${block}`;
