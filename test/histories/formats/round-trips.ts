/** What is the same after a hand was written and read again. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { type HandRefusalCode, HandRefusedError } from '../../../src/histories/formats/hand-refusal.js';
import type { ReadHistories } from '../../../src/histories/formats/read-blocks.js';
import type { HandHistory } from '../../../src/histories/hand-history.js';
import { randomHands } from '../random-hands.js';

export interface RoundTrip {
  write: (hand: HandHistory) => string;
  read: (text: string) => ReadHistories;
  /** What the format can say of a hand. */
  asTold: (hand: HandHistory) => HandHistory;
  /** Why a hand of the table may be refused. Default: for no reason. */
  mayRefuse?: readonly HandRefusalCode[];
  runs?: number;
}

/**
 * Hands of the table, with antes, short stacks, side pots and odd chips, come back as they were played.
 * Each run has a hand that was written: fast-check draws again where none was, and gives up after a hundred such draws a run.
 */
export function expectRoundTrips({ write, read, asTold, mayRefuse = [], runs = 80 }: RoundTrip): void {
  fc.assert(
    fc.property(randomHands, (hands) => {
      const told = hands.flatMap((hand) => {
        try {
          return [{ hand, text: write(hand) }];
        } catch (error) {
          if (error instanceof HandRefusedError && mayRefuse.includes(error.code)) return [];
          throw error;
        }
      });
      fc.pre(told.length > 0);
      const file = read(told.map(({ text }) => text).join(''));
      expect([file.refused, file.blocks]).toEqual([[], told.length]);
      expect(file.hands).toEqual(told.map(({ hand }) => asTold(hand)));
    }),
    { numRuns: runs },
  );
}
