import { getCardCodes } from '@pokertools/evaluator';
import { describe, expect, it } from 'vitest';
import { FastRandom } from '../../src/chance/fast-random.js';
import { BoardStrengths } from '../../src/house/code-strength.js';
import { createHeadsUpSampler } from '../../src/house/heads-up-sampler.js';
import { bestHoldings, deck, type Holding } from '../../src/house/holdings.js';
import type { Foe, Spot } from '../../src/house/spot.js';

const codes = (text: string): number[] => getCardCodes(text.split(' '));
const spotOf = (hole: string, board: string, ...foes: Foe[]): Spot => ({
  hole: codes(hole) as unknown as Holding,
  board: codes(board),
  foes,
});

/** Of all hands that an opponent can hold, each as likely as its bets make it, over every end of the board. */
function counted({ hole, board, foes: [foe] }: Spot): number {
  const { holdings = [], picks = 0, pickiness = 1 } = foe ?? {};
  const seen = new Set([...hole, ...board]);
  const now = new BoardStrengths(board);
  const hands = holdings
    .filter((cards) => !cards.some((card) => seen.has(card)))
    .map((cards) => ({ cards, strength: now.of(cards[0], cards[1]) }));
  // The best of one hand and those that are dealt again, each with this probability.
  const share = (isBelow: (strength: number) => boolean): number => {
    const part = hands.filter(({ strength }) => isBelow(strength)).length / hands.length;
    return part * (1 - pickiness + pickiness * part) ** picks;
  };
  let equity = 0;
  for (const { cards, strength } of hands) {
    const alike = hands.filter((other) => other.strength === strength).length;
    const weight = (share((other) => other <= strength) - share((other) => other < strength)) / alike;
    equity += weight * won(hole, cards, board, [...seen, ...cards]);
  }
  return equity;
}

function won(own: Holding, theirs: Holding, board: readonly number[], known: readonly number[]): number {
  const left = deck.filter((card) => !known.includes(card));
  const ends =
    board.length === 4
      ? left.map((card) => [card])
      : left.flatMap((first, at) => left.slice(at + 1).map((second) => [first, second]));
  let halves = 0;
  for (const end of ends) {
    const on = new BoardStrengths([...board, ...end]);
    halves += 1 + Math.sign(on.of(own[0], own[1]) - on.of(theirs[0], theirs[1]));
  }
  return halves / 2 / ends.length;
}

describe('deals against one opponent', () => {
  it.each<[string, string, string, Foe]>([
    ['any hand on the turn', 'Ah Kd', 'Kc 9s 4h 3d', { holdings: bestHoldings(1) }],
    ['good hands after a bet', 'Qh Qd', 'Kc 9s 4h 3d', { holdings: bestHoldings(0.3), picks: 1 }],
    [
      'hands of three bets that say little, with a flush to come',
      'Ah Th',
      'Kh 9h 4c 3d',
      { holdings: bestHoldings(0.6), picks: 3, pickiness: 0.4 },
    ],
    ['the few that are left on the flop', '9h 9d', 'Ac Kd Ks', { holdings: bestHoldings(0.02), picks: 2 }],
  ])('come to what all of them do: %s', (_, hole, board, foe) => {
    const spot = spotOf(hole, board, foe);
    const sampler = createHeadsUpSampler(spot, new FastRandom('many'));
    sampler?.deal(40_000);
    // Four deviations of so many deals, none of which has more than one half.
    expect(Math.abs(counted(spot) - (sampler?.equity ?? -1))).toBeLessThan((4 * 0.5) / Math.sqrt(40_000));
  });

  it('are the same in one piece as in many', () => {
    const spot = spotOf('Ah Kd', 'Kc 9s 4h', { holdings: bestHoldings(0.5), picks: 1, pickiness: 0.5 });
    const [whole, pieces] = [0, 1].map(() => createHeadsUpSampler(spot, new FastRandom('same')));
    whole?.deal(900);
    for (let piece = 0; piece < 18; piece += 1) pieces?.deal(50);
    expect(pieces).toMatchObject({ samples: 900, equity: whole?.equity });
  });

  it('are not there against two, without a board, and where the opponent can hold nothing', () => {
    const any = { holdings: bestHoldings(1) };
    const random = new FastRandom('none');
    const none: Foe = { holdings: [codes('As Ac') as unknown as Holding] };
    for (const spot of [
      spotOf('Ah Kd', 'Kc 9s 4h', any, any),
      { ...spotOf('Ah Kd', '2c', any), board: [] },
      spotOf('Ah Ad', 'As Ac Kd', none),
    ])
      expect(createHeadsUpSampler(spot, random)).toBe(null);
  });
});
