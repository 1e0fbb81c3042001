import { expect, it } from 'vitest';
import { decisionsOf } from '../../src/histories/decisions.js';
import type { HandHistory } from '../../src/histories/hand-history.js';
import { lineOf } from '../../src/review/hand-line.js';
import { coveredCall, shortBlind, takenOnFlop } from '../histories/example-hands.js';

const line = (hand: HandHistory, seat = 0) => lineOf(hand, decisionsOf(hand), seat);

it('a line tells each street with what was dealt, bets apart from raises, and who is all-in', () => {
  expect(line(coveredCall)).toBe(
    'preflop: we raise to 30, BB calls 20; flop Kc7d2s: BB checks, we bet 60, BB calls 60; ' +
      'turn 9h: BB checks, we bet 1410 all-in, BB calls 410 all-in',
  );
});

it('a line names other seats by their positions', () => {
  expect(line(takenOnFlop, 2)).toBe(
    'preflop: UTG raises to 25, HJ folds, we call 25, BTN folds, SB folds, BB calls 15; ' +
      'flop 9h6c2s: BB checks, UTG bets 45, we raise to 130, BB folds, UTG folds',
  );
});

it('a line says whose clock ran out, and that nobody could act', () => {
  const late = {
    ...coveredCall,
    history: coveredCall.history.slice(0, 3).map((entry) => ({ ...entry, isTimeout: true })),
  };
  expect(line(late, 1)).toBe('preflop: BTN raises to 30 (clock ran out)');
  expect(line(shortBlind)).toBe('nobody could act');
});
