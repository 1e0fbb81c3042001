import { describe, expect, it } from 'vitest';
import { allInOddsOf, shareOfOdds } from '../../src/holdem/all-in-odds.js';
import { allCards, cardFromString } from '../../src/holdem/card.js';
import { luckFreeBound, luckFreeNets, valueFunctionDigest } from '../../src/holdem/chance-terms.js';
import { HandEngine } from '../../src/holdem/hand-engine.js';

const numbersOf = (text: string): number[] =>
  (text.match(/../g) ?? []).map((name) => allCards.indexOf(cardFromString(name)));

const restOf = (known: readonly number[]): number[] =>
  allCards.flatMap((_, card) => (known.includes(card) ? [] : [card]));

const stack = 400;
const engine = new HandEngine({ seats: 2 });
engine.setBlinds(5, 10);

/** Both see the flop for the big blind; from then on what is done hangs on the cards that a player has and sees. */
function play(hole: readonly number[], board: readonly number[]): void {
  engine.stacks.set([stack, stack]);
  engine.placeButton(0);
  // The card to the left of the button comes first.
  engine.dealFrom([...hole, ...board]);
  while (engine.turn !== -1) {
    const seat = engine.turn;
    const own = engine.holeCards.subarray(2 * seat, 2 * seat + 2);
    const seen = [...own, ...engine.board.subarray(0, engine.boardSize)];
    const mood = engine.street === 0 ? 5 : seen.reduce((sum, card) => (31 * sum + card) % 101, 5 + seat) % 10;
    if (engine.maxRaise > 0 && mood > 6) engine.raiseTo(Math.min(engine.maxRaise, 3 * engine.minRaise));
    else if (engine.toCall === 0) engine.check();
    else if (mood < 2) engine.fold();
    else engine.call();
  }
}

describe('the luck of cards', () => {
  it.each([
    ['AhKhAcKd', 'Td9s3c'],
    ['8h2dQcJc', '7h8s2c'],
    ['7c7d2s2h', 'AhKd2c'],
  ])('of turns and rivers is nothing over all of them: %s on %s', (dealt, flopped) => {
    const hole = numbersOf(dealt);
    const flop = numbersOf(flopped);
    const rest = restOf([...hole, ...flop]);
    const sums = { won: 0, luckFree: 0, boards: 0 };
    const endings = new Set<number>();
    for (const turn of rest)
      for (const river of rest) {
        if (turn === river) continue;
        play(hole, [...flop, turn, river]);
        const won = (engine.stacks[0] ?? 0) - stack;
        const [luckFree = 0, other = 0] = luckFreeNets(engine);
        expect(luckFree + other).toBeCloseTo(0, 9);
        sums.won += won;
        sums.luckFree += luckFree;
        sums.boards += 1;
        endings.add(engine.log.streetAt(engine.log.length - 1));
      }
    expect(sums.boards).toBe(45 * 44);
    expect(endings.size).toBeGreaterThan(1);
    // The deal and the flop are the same each time.
    const [own, other] = [0, 2].map((at) => Array.from(engine.holeCards.subarray(at, at + 2))) as [
      number[],
      number[],
    ];
    const before = shareOfOdds(allInOddsOf(own, other, []));
    const after = shareOfOdds(allInOddsOf(own, other, flop));
    const early = 9 * 10 * (before - 0.5) + 3 * 20 * (after - before);
    expect((sums.won - sums.luckFree) / sums.boards).toBeCloseTo(early, 9);
  });

  it('of a flop is nothing over all flops, of a turn over all turns, of a river over all rivers', () => {
    const [own, other] = [numbersOf('8h8s'), numbersOf('AdTd')];
    const rest = restOf([...own, ...other]);
    let flops = 0;
    let wins = 0;
    let ties = 0;
    for (const [index, a] of rest.entries())
      for (const [next, b] of rest.slice(index + 1).entries())
        for (const c of rest.slice(index + next + 2)) {
          const odds = allInOddsOf(own, other, [a, b, c]);
          flops += 1;
          wins += odds.wins;
          ties += odds.ties;
        }
    const before = allInOddsOf(own, other, []);
    // Each board has ten flops.
    expect({ flops, wins, ties }).toEqual({ flops: 17_296, wins: 10 * before.wins, ties: 10 * before.ties });
    const flop = numbersOf('9d7d2s');
    const onFlop = allInOddsOf(own, other, flop);
    const turns = restOf([...own, ...other, ...flop]).map((turn) => allInOddsOf(own, other, [...flop, turn]));
    expect(turns.reduce((sum, odds) => sum + odds.wins, 0)).toBe(2 * onFlop.wins);
    const [turn = 0] = restOf([...own, ...other, ...flop]);
    const rivers = restOf([...own, ...other, ...flop, turn]).map((river) =>
      allInOddsOf(own, other, [...flop, turn, river]),
    );
    expect(rivers.reduce((sum, odds) => sum + odds.wins, 0)).toBe(
      allInOddsOf(own, other, [...flop, turn]).wins,
    );
  });

  it('has a bound', () => {
    expect(luckFreeBound(100)).toBe(254.5);
    const random = numbersOf('AhKhAcKdTd9s3c2h7s');
    play(random.slice(0, 4), random.slice(4));
    expect(Math.abs(luckFreeNets(engine)[0] ?? 0) / 10).toBeLessThan(luckFreeBound(stack / 10));
  });

  it('is told by a function that has a digest', () => {
    expect(valueFunctionDigest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is that of two seats', () => {
    const three = new HandEngine({ seats: 3 });
    expect(() => luckFreeNets(three)).toThrow(RangeError);
  });
});
