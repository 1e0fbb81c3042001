import { describe, expect, it } from 'vitest';
import { allInNets, allInNetsOfEngine } from '../../src/holdem/all-in-nets.js';
import { allCards, cardFromString } from '../../src/holdem/card.js';
import { HandEngine } from '../../src/holdem/hand-engine.js';

const numbersOf = (text: string): number[] =>
  (text.match(/../g) ?? []).map((name) => allCards.indexOf(cardFromString(name)));

const hand = (cards: readonly string[], board = '') => ({
  holeCards: cards.map(numbersOf),
  board: numbersOf(board),
});

describe('the nets of a hand that cards alone decide', () => {
  it('are the means over all boards', () => {
    const [aces, kings] = allInNets({
      ...hand(['AcAs', 'KhKd']),
      committed: [10_000, 10_000],
      live: [0, 1],
    }) ?? [Number.NaN, Number.NaN];
    expect(aces).toBeCloseTo(6251.1, 1);
    expect(kings).toBeCloseTo(-6251.1, 1);
    expect(aces).toBe((1_388_072 * 20_000 + 6_538 * 10_000) / 1_712_304 - 10_000);
  });

  it('are for as much as the shorter stack has', () => {
    const nets = allInNets({ ...hand(['AcAs', 'KhKd']), committed: [10_000, 1000], live: [0, 1] });
    expect(nets?.[0]).toBeCloseTo(625.11, 2);
    expect(nets?.[1]).toBeCloseTo(-625.11, 2);
  });

  it('know what folded seats put in, and that their cards cannot come', () => {
    const nets = allInNets({
      ...hand(['AcAs', 'KhKd', 'Kc2d'], ''),
      committed: [1000, 1000, 100],
      live: [0, 1],
    });
    expect(nets?.[0]).toBeCloseTo(2100 * 0.884829 - 1000, 2);
    expect(nets?.[1]).toBeCloseTo(1100 - 2100 * 0.884829, 2);
    expect(nets?.[2]).toBe(-100);
  });

  it('give the deeper seat what folded seats put in above the shorter one', () => {
    // The board decides nothing: the first wins on each.
    const nets = allInNets({
      ...hand(['AcAs', '7h2d', '8c8d'], 'AhAd3c'),
      committed: [300, 50, 200],
      live: [0, 1],
    });
    expect(nets).toEqual([250, -50, -200]);
    const short = allInNets({
      ...hand(['7h2d', 'AcAs', '8c8d'], 'AhAd3c'),
      committed: [300, 50, 200],
      live: [0, 1],
    });
    expect(short).toEqual([100, 100, -200]);
  });

  it('give the odd chip of a split pot to one of them', () => {
    const tied = { ...hand(['AhKh', 'AsKs', '2h7d'], '3c4dTcJd'), committed: [10, 10, 1], live: [0, 1] };
    const [first, second] = allInNets(tied) ?? [];
    const [turned, next] = allInNets(tied, 1) ?? [];
    expect((first ?? 0) + (second ?? 0)).toBeCloseTo(1, 9);
    expect(first).toBeGreaterThan(second ?? 0);
    expect(next).toBeGreaterThan(turned ?? 0);
  });

  it('count dead chips for whoever wins', () => {
    const nets = allInNets({
      ...hand(['AcAs', '7h2d'], 'AhAd3c'),
      committed: [100, 100],
      dead: [0, 10],
      live: [0, 1],
    });
    expect(nets).toEqual([110, -110]);
  });

  it('are none of three seats, of one, or of a whole board', () => {
    const three = hand(['AcAs', 'KhKd', 'QhQd']);
    expect(allInNets({ ...three, committed: [10, 10, 10], live: [0, 1, 2] })).toBeNull();
    expect(allInNets({ ...three, committed: [10, 10, 10], live: [0] })).toBeNull();
    expect(
      allInNets({ ...hand(['AcAs', 'KhKd'], '2c3c4d5d9h'), committed: [10, 10], live: [0, 1] }),
    ).toBeNull();
  });
});

describe('the nets of a hand that an engine played', () => {
  /** Seats 0 and 1 are all-in on the turn; a third one has folded on the flop. */
  function play(engine: HandEngine, cards: readonly number[], stacks: readonly number[]): void {
    engine.stacks.set(stacks);
    engine.placeButton(0);
    engine.dealFrom(cards);
    const last = stacks.length - 1;
    while (engine.turn !== -1) {
      const isThird = engine.turn === last && stacks.length === 3;
      if (engine.street === 1 && isThird && engine.toCall > 0) engine.fold();
      else if (engine.street === 1 && engine.turn === 1 && engine.toCall === 0)
        engine.raiseTo(engine.minRaise);
      else if (engine.street === 2 && engine.maxRaise > 0) engine.raiseTo(engine.maxRaise);
      else if (engine.toCall > 0) engine.call();
      else engine.check();
    }
  }

  it.each([
    { seats: 2, ante: 0, oddChips: 'lowest-seat' },
    { seats: 2, ante: { bigBlind: 7 }, oddChips: 'left-of-button' },
    { seats: 3, ante: 3, oddChips: 'lowest-seat' },
    { seats: 3, ante: { bigBlind: 7 }, oddChips: 'left-of-button' },
  ] as const)('are its means over all rivers: $seats seats, ante $ante', ({ seats, ante, oddChips }) => {
    const engine = new HandEngine({ seats, oddChips });
    engine.setBlinds(5, 10, ante);
    const stacks = [211, 140, 300].slice(0, seats);
    for (const dealt of ['AhKhAcKd7s2sThJd9c8c', '8h8dQcJc4s3sTcKs9h2d', 'AdKcAhKs5c5dQhJsTs2c']) {
      const order = numbersOf(dealt);
      // One card to each seat, once more round, then flop and turn.
      const hole = order.slice(0, 2 * seats);
      const known = [...hole, ...order.slice(6)];
      const rivers = allCards.map((_, card) => card).filter((card) => !known.includes(card));
      const sums = stacks.map(() => 0);
      for (const river of rivers) {
        play(engine, [...known, river], stacks);
        for (const seat of sums.keys())
          sums[seat] = (sums[seat] ?? 0) + (engine.stacks[seat] ?? 0) - (stacks[seat] ?? 0);
      }
      const nets = allInNetsOfEngine(engine);
      expect(rivers).toHaveLength(seats === 2 ? 44 : 42);
      for (const [seat, sum] of sums.entries()) expect(nets?.[seat]).toBeCloseTo(sum / rivers.length, 9);
    }
  });
});
