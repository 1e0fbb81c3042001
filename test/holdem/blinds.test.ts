import { describe, expect, it } from 'vitest';
import { postsOf } from '../../src/holdem/blinds.js';
import { PositionCore } from '../../src/holdem/position-core.js';
import { createTable } from '../../src/holdem/table.js';
import type { Table, TableOptions } from '../../src/holdem/table-types.js';

/** Dealer, small blind and big blind of one hand after the other, with the stacks before each. */
function positionsOf(...hands: (readonly number[])[]): string[] {
  const positions = new PositionCore(hands[0]!.length);
  return hands.map((stacks) => {
    positions.move(Uint8Array.from(stacks, (stack) => (stack > 0 ? 1 : 0)));
    const { dealerSeat, smallBlindSeat, bigBlindSeat } = positions;
    return [dealerSeat, smallBlindSeat, bigBlindSeat].join(' ');
  });
}

describe('the button', () => {
  const all = [9, 9, 9, 9];

  it('starts at seat 0 and goes round, the blinds behind it', () => {
    expect(positionsOf(all, all, all, all, all)).toEqual(['0 1 2', '1 2 3', '2 3 0', '3 0 1', '0 1 2']);
  });

  it('alternates heads-up, with the small blind', () => {
    expect(positionsOf([9, 9], [9, 9], [9, 9])).toEqual(['0 0 1', '1 1 0', '0 0 1']);
  });

  it('moves on to the next seat with chips when the dealer goes out', () => {
    expect(positionsOf(all, [0, 9, 9, 9], [0, 9, 9, 9])).toEqual(['0 1 2', '1 2 3', '2 3 1']);
  });

  it('moves on to the big blind when the small blind goes out', () => {
    expect(positionsOf(all, [9, 0, 9, 9])).toEqual(['0 1 2', '2 3 0']);
  });

  it('moves on to the small blind when the big blind goes out', () => {
    expect(positionsOf(all, [9, 9, 0, 9])).toEqual(['0 1 2', '1 3 0']);
  });

  it('passes over two seats that go out together', () => {
    expect(positionsOf([9, 9, 9, 9, 9], [9, 0, 0, 9, 9])).toEqual(['0 1 2', '3 4 0']);
  });

  it('gives nobody the big blind twice when the table becomes heads-up', () => {
    // The dealer goes out: the button would come to seat 1 and the big blind to seat 2 again.
    expect(positionsOf([9, 9, 9], [0, 9, 9], [0, 9, 9])).toEqual(['0 1 2', '2 2 1', '1 1 2']);
    expect(positionsOf([9, 9, 9], [9, 0, 9])).toEqual(['0 1 2', '2 2 0']);
    expect(positionsOf([9, 9, 9], [9, 9, 0])).toEqual(['0 1 2', '1 1 0']);
  });
});

describe('the level of a hand', () => {
  const base = { smallBlind: 5, bigBlind: 10, ante: 1 };
  const levels = [
    { fromHand: 3, smallBlind: 10, bigBlind: 20 },
    { fromHand: 5, smallBlind: 25, bigBlind: 50, ante: 5 },
    { fromHand: 6, smallBlind: 20, bigBlind: 40, ante: 0 },
  ];

  it('is the last one that has begun; without an ante of its own it keeps the one of the table', () => {
    expect([1, 2, 3, 4, 5, 6, 1000].map((hand) => postsOf(hand, base, levels))).toEqual([
      base,
      base,
      { smallBlind: 10, bigBlind: 20, ante: 1 },
      { smallBlind: 10, bigBlind: 20, ante: 1 },
      { smallBlind: 25, bigBlind: 50, ante: 5 },
      { smallBlind: 20, bigBlind: 40, ante: 0 },
      { smallBlind: 20, bigBlind: 40, ante: 0 },
    ]);
  });
});

function createHeadsUp(options: Partial<TableOptions>): Table {
  return createTable({
    seats: 2,
    startingStack: 1000,
    smallBlind: 5,
    bigBlind: 10,
    seed: 'levels',
    ...options,
  });
}

describe('a match with a blind schedule', () => {
  it('posts the blinds and antes of the hand and raises by its big blind', () => {
    const table = createHeadsUp({ blindSchedule: [{ fromHand: 2, smallBlind: 20, bigBlind: 50, ante: 3 }] });
    const seen = [1, 2].map(() => {
      table.startHand();
      const { history: posts, minRaise, toCall, pot } = table.turn!;
      table.act({ action: 'fold' });
      const amounts = posts.map(({ action, amount }) => [action, amount]);
      return { amounts, minRaise, toCall, pot };
    });
    expect(seen).toEqual([
      {
        amounts: [
          ['post_small_blind', 5],
          ['post_big_blind', 10],
        ],
        minRaise: 20,
        toCall: 5,
        pot: 15,
      },
      {
        amounts: [
          ['post_small_blind', 20],
          ['post_big_blind', 50],
          ['post_ante', 3],
          ['post_ante', 3],
        ],
        minRaise: 100,
        toCall: 30,
        pot: 76,
      },
    ]);
  });

  it.each<[string, unknown]>([
    ['blindSchedule`', 'fast'],
    ['blindSchedule[0]`', [null]],
    ['blindSchedule[0].fromHand`', [{ fromHand: 0, smallBlind: 1, bigBlind: 2 }]],
    ['blindSchedule[0].fromHand`', [{ smallBlind: 1, bigBlind: 2 }]],
    ['blindSchedule[0].smallBlind`', [{ fromHand: 2, smallBlind: 0, bigBlind: 2 }]],
    ['blindSchedule[0].bigBlind`', [{ fromHand: 2, smallBlind: 3, bigBlind: 2 }]],
    ['blindSchedule[0].ante`', [{ fromHand: 2, smallBlind: 1, bigBlind: 2, ante: -1 }]],
    [
      'blindSchedule[1].fromHand` must be a whole number from 6 ',
      [
        { fromHand: 5, smallBlind: 1, bigBlind: 2 },
        { fromHand: 5, smallBlind: 2, bigBlind: 4 },
      ],
    ],
  ])('is refused with a bad %s', (what, blindSchedule) => {
    const create = (): Table => Reflect.apply(createHeadsUp, undefined, [{ blindSchedule }]);
    expect(create).toThrow(RangeError);
    expect(create).toThrow(`Option \`${what}`);
  });
});
