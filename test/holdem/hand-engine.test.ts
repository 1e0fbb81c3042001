import { describe, expect, it } from 'vitest';
import { FastRandom } from '../../src/chance/fast-random.js';
import { numberOfCard } from '../../src/holdem/card-numbers.js';
import { answerTurn } from '../../src/holdem/engine-answer.js';
import { historyOf, stateOf } from '../../src/holdem/engine-views.js';
import { HandEngine } from '../../src/holdem/hand-engine.js';
import { entry } from './table-match.js';

/** 50/100, the button at seat 0. */
function dealt(stacks: readonly number[], cards: string): HandEngine {
  const engine = new HandEngine({ seats: stacks.length });
  engine.stacks.set(stacks);
  engine.setBlinds(50, 100);
  engine.placeButton(0);
  engine.dealFrom(cards.split(' ').map(numberOfCard));
  return engine;
}

const someCards = 'Ah Kc 9d As Kd 9h Ac Ad 7s 6c 2h 3d 4s';

describe('a hand of the engine', () => {
  it('is played by numbers, and paid out', () => {
    const engine = dealt([1_000, 1_000], 'Ah Kc As Kd 9h 7s 6c 2h 3d');
    expect([engine.turn, engine.toCall, engine.minRaise, engine.maxRaise]).toEqual([0, 50, 200, 1_000]);
    engine.raiseTo(300);
    engine.call();
    while (engine.turn !== -1) engine.check();
    expect(engine.isShown).toBe(true);
    // Seat 1 is dealt to first.
    expect([...engine.stacks]).toEqual([700, 1_300]);
    expect(historyOf(engine).slice(0, 4)).toEqual([
      entry(0, 'post_small_blind', 50),
      entry(1, 'post_big_blind', 100),
      entry(0, 'raise', 300),
      entry(1, 'call', 200),
    ]);
  });

  it('shows a seat its own cards alone', () => {
    const engine = dealt([1_000, 1_000], 'Ah Kc As Kd 9h 7s 6c 2h 3d');
    expect(stateOf(engine, 0)).toMatchObject({
      holeCards: [
        { rank: 'K', suit: 'c' },
        { rank: 'K', suit: 'd' },
      ],
      validActions: ['fold', 'call', 'raise'],
      board: [],
      toCall: 50,
    });
    expect(stateOf(engine, 1)).toMatchObject({ validActions: [], toCall: 0, maxRaise: 0 });
  });

  it('refuses what is not legal, and the turn stays open', () => {
    const engine = dealt([1_000, 1_000, 1_000], someCards);
    expect(() => engine.check()).toThrow('"check" is not possible here; legal are fold, call, raise.');
    expect(() => engine.raiseTo(150)).toThrow('whole number from 200 to 1000');
    expect(() => engine.raiseTo(250.5)).toThrow('whole number from 200 to 1000');
    answerTurn(engine, { action: 'raise', params: { amount: 1 } }, { legalize: true });
    expect([engine.turn, engine.toCall]).toEqual([1, 150]);
    expect(() => engine.moveButton()).toThrow('Hand 1 is still in play.');
  });

  it('refuses cards that come twice', () => {
    expect(() => dealt([1_000, 1_000], 'Ah Kc Ah Kd 9h 7s 6c 2h 3d')).toThrow('different cards');
    expect(() => dealt([1_000, 1_000], 'Ah Kc As Kd 9h 7s 6c 2h')).toThrow('takes 9 cards, not 8');
  });

  it('can be given up, as if it had not begun', () => {
    const engine = dealt([1_000, 1_000], someCards);
    engine.raiseTo(400);
    engine.abandon();
    expect([engine.turn, ...engine.stacks]).toEqual([-1, 1_000, 1_000]);
    engine.moveButton();
    expect(engine.positions.dealerSeat).toBe(1);
  });

  it('deals the same cards for the same seed', () => {
    const boards = ['a', 'a', 'b'].map((seed) => {
      const engine = dealt([1_000, 1_000], someCards);
      engine.fold();
      engine.moveButton();
      engine.deal(new FastRandom(seed));
      return [...engine.board, ...engine.holeCards].join();
    });
    expect(boards[0]).toBe(boards[1]);
    expect(boards[0]).not.toBe(boards[2]);
  });
});
