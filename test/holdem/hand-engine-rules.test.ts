/** Places in which other engines were wrong in public. */
import { describe, expect, it } from 'vitest';
import { FastRandom } from '../../src/chance/fast-random.js';
import { numberOfCard } from '../../src/holdem/card-numbers.js';
import { sumOf } from '../../src/holdem/chip-lists.js';
import { createDeck, deckSeed } from '../../src/holdem/deck.js';
import { HandEngine } from '../../src/holdem/hand-engine.js';
import { SettlementCore } from '../../src/holdem/settlement-core.js';
import { told } from './told.js';

function started(
  stacks: readonly number[],
  blinds: readonly [number, number],
  dealer = 0,
  cards = '',
): HandEngine {
  const engine = new HandEngine({ seats: stacks.length });
  engine.stacks.set(stacks);
  engine.setBlinds(...blinds);
  engine.placeButton(dealer);
  if (cards === '') engine.deal(new FastRandom('rules'));
  else engine.dealFrom(cards.split(' ').map(numberOfCard));
  return engine;
}

const offer = (engine: HandEngine) => [engine.turn, engine.toCall, engine.minRaise, engine.maxRaise];

describe('an engine', () => {
  it('lets an all-in below a full raise reopen for those alone who faced a full one', () => {
    // Under the gun is seat 3, the button seat 0.
    const engine = started([10_000, 950, 10_000, 800], [50, 100]);
    engine.raiseTo(800);
    engine.call();
    engine.raiseTo(950);
    expect(offer(engine)).toEqual([2, 850, 1_650, 10_000]);
    engine.call();
    expect(offer(engine)).toEqual([0, 150, 0, 0]);
  });

  it('takes totals, and offers the whole stack where the least raise is more', () => {
    const engine = started([10_000, 10_000], [50, 100]);
    engine.raiseTo(250);
    expect(engine.minRaise).toBe(400);
    engine.raiseTo(900);
    expect(engine.minRaise).toBe(1_550);
    const short = started([10_000, 1_200], [50, 100]);
    short.raiseTo(900);
    expect(offer(short)).toEqual([1, 800, 1_200, 1_200]);
  });

  it('asks for what a short big blind can match, and nobody when there is nothing to match', () => {
    expect(offer(started([1_000, 15], [10, 20]))).toEqual([0, 5, 0, 0]);
    expect(started([1_000, 10], [10, 20]).isOver).toBe(true);
  });

  it('pays side pots to seats that are all-in', () => {
    const board = '2c 7d 9h Js 4c';
    // Dealt to seats 1, 2, 0: the shortest has aces, the middle kings, the deepest queens.
    const engine = started([100, 300, 500], [5, 10], 0, `Ks Qs As Kh Qh Ah ${board}`);
    engine.raiseTo(100);
    engine.raiseTo(300);
    engine.call();
    while (engine.turn !== -1) engine.check();
    expect([...engine.stacks]).toEqual([300, 400, 200]);
  });

  it('joins layers of the same seats before it splits a pot', () => {
    const core = new SettlementCore(5, 100);
    core.committed.set([10, 10, 1, 1, 2]);
    core.folded.set([0, 0, 1, 1, 1]);
    core.strengths.set([7, 7, 0, 0, 0]);
    core.settle(0, 0);
    expect([...core.won]).toEqual([12, 12, 0, 0, 0]);
  });

  it('keeps the order when three seats become two', () => {
    const engine = started([1_000, 1_000, 10], [5, 10]);
    while (engine.turn !== -1) engine.fold();
    expect(engine.positions).toMatchObject({ dealerSeat: 0, smallBlindSeat: 1, bigBlindSeat: 2 });
    engine.stacks[2] = 0;
    engine.moveButton();
    engine.deal(new FastRandom('two'));
    expect(engine.positions).toMatchObject({ dealerSeat: 1, smallBlindSeat: 1, bigBlindSeat: 0 });
    expect(engine.turn).toBe(1);
    engine.call();
    engine.check();
    // After the flop the other one is first.
    expect(engine.turn).toBe(0);
  });

  it('has so many decisions in a hand as its bound says, and a history for all of them', () => {
    // Two seats with S big blinds: (n - 1)(S - 1) + 4n.
    const engine = started([10_000, 10_000], [50, 100]);
    let decisions = 0;
    while (engine.turn !== -1) {
      decisions += 1;
      // On the last street raises go on to the whole stack; before that both check.
      if (engine.street < 3) {
        if (engine.toCall > 0) engine.call();
        else engine.check();
      } else if (decisions === 7) engine.check();
      else if (engine.maxRaise > 0) engine.raiseTo(engine.minRaise);
      else engine.call();
    }
    expect(decisions).toBe(107);
    expect(engine.log.length).toBe(109);
  });

  it('keeps a history that is longer than its first memory', () => {
    const engine = started([100_000, 100_000], [50, 100]);
    while (engine.turn !== -1) {
      if (engine.maxRaise > 0) engine.raiseTo(engine.minRaise);
      else engine.call();
    }
    expect(engine.log.length).toBeGreaterThan(900);
    expect(engine.log.amountAt(engine.log.length - 1)).toBe(100);
    expect(engine.log.actionAt(0)).toBe(0);
  });

  it('leaves the decks of the platform as they were', () => {
    const { cards, commitment } = createDeck(deckSeed('42', 1));
    expect(told(cards.slice(0, 9)).join(' ')).toBe('Tc 4d Ts Js 4s Kh Td Jd 4h');
    expect(commitment).toMatch(/^4931dc5e2179389e/);
  });

  it('keeps all chips, whatever is played, at two to ten seats', () => {
    const random = new FastRandom('chips');
    for (let seats = 2; seats <= 10; seats += 1) {
      const engine = new HandEngine({ seats });
      let chips = 0;
      for (let hand = 0; hand < 400; hand += 1) {
        if (engine.stacks.filter((stack) => stack > 0).length < 2) {
          for (let seat = 0; seat < seats; seat += 1) engine.stacks[seat] = 1 + random.below(500);
          chips = sumOf([...engine.stacks]);
        }
        engine.setBlinds(5, 10, [0, 1, { bigBlind: 7 }][random.below(3)]);
        engine.moveButton();
        engine.deal(random);
        while (engine.turn !== -1) {
          const choice = random.below(3);
          if (choice === 0 && engine.maxRaise > 0)
            engine.raiseTo(engine.minRaise + random.below(engine.maxRaise - engine.minRaise + 1));
          else if (choice === 1 && engine.toCall > 0) engine.fold();
          else if (engine.toCall > 0) engine.call();
          else engine.check();
        }
        expect(sumOf([...engine.stacks])).toBe(chips);
      }
    }
  });
});
