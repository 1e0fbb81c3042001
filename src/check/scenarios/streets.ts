/** Ordinary turns: each street, with and without a bet to call. */
import type { TurnScenario } from './scenario.js';

export const streetScenarios: readonly TurnScenario[] = [
  {
    id: 'preflop',
    title: 'before the flop: to open, against a raise, a free look',
    hands: [
      { stacks: [10_000, 10_000], dealer: 0, holeCards: ['Ah Kd', '9c 9s'], line: ['fold'] },
      { dealer: 1, holeCards: ['Jh Td', 'Ac Qs'], line: ['raise 250', 'fold'] },
      { dealer: 0, holeCards: ['7h 2d', 'Ac Qs'], line: ['fold'] },
      {
        dealer: 1,
        holeCards: ['Qh 8d', '5c 5s'],
        line: ['call', 'check', 'check', 'raise 150', 'fold'],
      },
    ],
  },
  {
    id: 'flop',
    title: 'the flop: first to act, and against a bet',
    hands: [
      {
        stacks: [10_000, 10_000],
        dealer: 1,
        holeCards: ['Ah 7c', 'Kd Qs'],
        board: '7d 8h 2s',
        line: ['call', 'check', 'check', 'raise 120', 'fold'],
      },
    ],
  },
  {
    id: 'turn',
    title: 'the turn: first to act, and against a bet',
    hands: [
      {
        stacks: [10_000, 10_000],
        dealer: 1,
        holeCards: ['Jh Th', 'Kd Qs'],
        board: '9h 2h 4s Ac',
        line: ['call', 'check', 'check', 'check', 'check', 'raise 200', 'fold'],
      },
    ],
  },
  {
    id: 'river',
    title: 'the river: first to act, and against a bet',
    hands: [
      {
        stacks: [10_000, 10_000],
        dealer: 1,
        holeCards: ['Ah Td', 'Kd Qs'],
        board: 'Th 6h 4s Ac 2d',
        line: ['call', 'check', 'check', 'check', 'check', 'check', 'check', 'raise 300', 'fold'],
      },
    ],
  },
];
