/** A single hand with chosen stacks, positions and cards, played by hand. */
import { expect } from 'vitest';
import { createDeck } from '../../src/holdem/deck.js';
import type { HandEnded, TableFact } from '../../src/holdem/facts.js';
import { createHand } from '../../src/holdem/hand.js';
import type { TableTurn } from '../../src/holdem/table-types.js';
import { type Told, told } from './told.js';

export interface HandPlan {
  /** By seat. With two seats, seat 0 deals and has the small blind; with more, the blinds are seats 1 and 2. */
  stacks: readonly number[];
  /** Default: 5 and 10. */
  blinds?: readonly [small: number, big: number];
  /** Default: 0. */
  ante?: number;
  /** By seat, for instance `['Ah Kd', 'Qs Qc']`. Default: any. */
  holes?: readonly string[];
  /** Default: any. */
  board?: string;
}

export type Step = [seat: number, action: string, amount?: number];

export interface PlayedHand {
  readonly turn: TableTurn | null;
  /** How it ended. */
  readonly result: Told<HandEnded>;
  readonly facts: TableFact[];
  /** Each action by the seat that is expected to be in turn. */
  play(...steps: Step[]): void;
}

export function startHand({
  stacks,
  blinds = [5, 10],
  ante = 0,
  holes = [],
  board = '',
}: HandPlan): PlayedHand {
  const seats = stacks.length;
  const [smallBlind, bigBlind] = blinds;
  const fromButton = stacks.map((_, step) => (1 + step) % seats);
  const cards = fromButton.map((seat) => holes[seat]?.split(' ') ?? []);
  const deck = createDeck(
    'hand',
    [...cards.map(([a]) => a), ...cards.map(([, b]) => b), ...board.split(' ')].flatMap((card) => card || []),
  );
  const hand = createHand({
    hand: 1,
    dealerSeat: 0,
    smallBlindSeat: seats === 2 ? 0 : 1,
    bigBlindSeat: seats === 2 ? 1 : 2,
    stacks,
    smallBlind,
    bigBlind,
    ante,
    deck,
  });
  const facts = hand.start();
  return {
    get turn() {
      return hand.turn;
    },
    get result() {
      const last = facts.at(-1);
      if (last?.type !== 'handEnded') throw new Error('The hand is not over.');
      return told(last);
    },
    facts,
    play(...steps) {
      for (const [seat, action, amount] of steps) {
        expect(hand.turn?.seat).toBe(seat);
        facts.push(...hand.act({ action, ...(amount === undefined ? {} : { params: { amount } }) }, {}));
      }
    },
  };
}
