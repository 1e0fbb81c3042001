import { describe, expect, it } from 'vitest';
import type { HandHistory } from '../../src/histories/hand-history.js';
import { type CardsShown, stepsOf } from '../../src/playback/hand-steps.js';
import { coveredCall, cutOff, foldedRound, sharedMainPot, splitBoard } from '../histories/example-hands.js';

const stepsIn = (hand: HandHistory, cards?: CardsShown) =>
  stepsOf({ hand, ranks: new Map([[0, 'Pair']]), turns: [] }, cards);

const told = (hand: HandHistory): string[] => stepsIn(hand).map(({ text }) => text);

describe('the steps of a hand', () => {
  it('are the deal, each action, each street, the show-down and the payout', () => {
    expect(told(coveredCall)).toEqual([
      'Cards are dealt',
      'Ann raises to 30',
      'Bob calls 20',
      'Flop: Kc 7d 2s',
      'Bob checks',
      'Ann bets 60',
      'Bob calls 60',
      'Turn: 9h',
      'Bob checks',
      'Ann bets 1410 and is all-in',
      'Bob calls 410 and is all-in',
      'River: 3c',
      'Ann shows Ah Kd (Pair), Bob shows Qs Qc',
      'Ann wins 1000, 1000 uncalled to Ann',
    ]);
  });

  it('have the pot, the stacks, the bets and what it costs to call', () => {
    const steps = stepsIn(coveredCall);
    const lineOf = (index: number) => {
      const { pot, toCall, seats, board, phase } = steps[index]?.table ?? steps[0]!.table;
      return {
        pot,
        toCall,
        phase,
        board: board.length,
        stacks: seats.map(({ stack }) => stack),
        bets: seats.map(({ bet }) => bet),
      };
    };
    expect(lineOf(0)).toEqual({
      pot: 15,
      toCall: 5,
      phase: 'preflop',
      board: 0,
      stacks: [1495, 490],
      bets: [5, 10],
    });
    expect(lineOf(1)).toEqual({
      pot: 40,
      toCall: 20,
      phase: 'preflop',
      board: 0,
      stacks: [1470, 490],
      bets: [30, 10],
    });
    expect(lineOf(3)).toEqual({
      pot: 60,
      toCall: 0,
      phase: 'flop',
      board: 3,
      stacks: [1470, 470],
      bets: [0, 0],
    });
    // Bob has 410 left of the 1,410 that he faces.
    expect(lineOf(9)).toEqual({
      pot: 1590,
      toCall: 410,
      phase: 'turn',
      board: 4,
      stacks: [0, 410],
      bets: [1410, 0],
    });
    expect(lineOf(13)).toEqual({
      pot: 2000,
      toCall: null,
      phase: 'river',
      board: 5,
      stacks: [2000, 0],
      bets: [0, 0],
    });
    expect(steps.at(-1)?.table.seats.map(({ won }) => won)).toEqual([1000, null]);
    expect(steps[9]?.table.seats.map(({ isActing }) => isActing)).toEqual([false, true]);
  });

  it('keep the cards of others down until they are shown', () => {
    const cardsAt = (cards: CardsShown) =>
      stepsIn(coveredCall, cards).map(({ table }) =>
        table.seats.map((seat) => seat.cards.join('')).join(' '),
      );
    expect(new Set(cardsAt('seen').slice(0, 12))).toEqual(new Set(['AhKd ']));
    expect(cardsAt('seen').slice(12)).toEqual(['AhKd QsQc', 'AhKd QsQc']);
    expect(new Set(cardsAt('all'))).toEqual(new Set(['AhKd QsQc']));
    expect(new Set(cardsAt('none').slice(0, 12))).toEqual(new Set([' ']));
  });

  it('never turn up cards that nobody showed', () => {
    const folded = {
      ...foldedRound,
      hero: 0,
      seats: foldedRound.seats.map((seat) => ({ ...seat, cards: ['2c', '3d'] })),
    };
    for (const { table } of stepsIn(folded))
      expect(table.seats.map(({ cards }) => cards.length)).toEqual([2, 0, 0]);
  });

  it('show all that is known where nobody of the table watched', () => {
    expect(stepsIn({ ...coveredCall, hero: null })[0]?.table.seats.map(({ cards }) => cards.length)).toEqual([
      2, 2,
    ]);
  });

  it.each([
    ['a walk', foldedRound, 'Bob wins 10, 5 uncalled to Bob'],
    ['a board that splits', splitBoard, 'Ann wins 400, Bob wins 400, 600 uncalled to Ann'],
    ['a hand that was cut off', cutOff, 'The record of this hand ends here'],
  ])('end %s as it ended', (_, hand, end) => {
    expect(told(hand).at(-1)).toBe(end);
  });

  it('deal the streets after an all-in without an action', () => {
    expect(told(splitBoard).slice(3, 6)).toEqual(['Flop: Ac Kd Qh', 'Turn: Js', 'River: Ts']);
  });

  it('end with the stacks that the hand left, whatever the pots', () => {
    const { seats, pot } = stepsIn(sharedMainPot).at(-1)!.table;
    expect(seats.map(({ stack }) => stack)).toEqual([427, 426, 0]);
    expect(pot).toBe(209);
  });

  it('tell what our bot took for its turn', () => {
    const turn = { position: 2, latencyMs: 40, source: 'bot', note: null };
    const steps = stepsOf({ hand: coveredCall, ranks: new Map(), turns: [turn] });
    expect(steps.map((step) => step.turn).filter((each) => each !== null)).toEqual([turn]);
    expect(steps[1]?.turn).toEqual(turn);
  });
});
