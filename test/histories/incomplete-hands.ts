import type { HandHistory } from '../../src/histories/hand-history.js';
import { foldedRound } from './example-hands.js';

const { seats } = foldedRound;

/** Hands that lack what most formats need, with the code of the refusal and a word of its sentence. */
export const incompleteHands: [code: string, hand: HandHistory, why: string][] = [
  ['no_time', { ...foldedRound, startedAt: null }, '--started-at'],
  ['no_number', { ...foldedRound, handNumber: null }, 'number'],
  ['no_stacks', { ...foldedRound, seats: seats.map((seat) => ({ ...seat, stack: null })) }, 'stacks'],
  ['no_end', { ...foldedRound, seats: seats.map((seat) => ({ ...seat, stackAfter: null })) }, 'won'],
];
