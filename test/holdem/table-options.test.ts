import { describe, expect, it } from 'vitest';
import type { TableFact } from '../../src/holdem/facts.js';
import { createTable } from '../../src/holdem/table.js';
import type { Table, TableOptions } from '../../src/holdem/table-types.js';
import { entry, play } from './table-match.js';
import { told } from './told.js';

const blinds = { smallBlind: 5, bigBlind: 10, seed: 'options' };

function started(table: Table): Extract<TableFact, { type: 'handStarted' }> {
  const fact = table.startHand().find(({ type }) => type === 'handStarted');
  if (fact?.type !== 'handStarted') throw new Error('No hand was started.');
  return fact;
}

/** Nobody puts more in than it has to. */
function playOut(table: Table): TableFact[] {
  const facts: TableFact[] = [];
  while (table.turn !== null) {
    facts.push(...table.act({ action: table.turn.validActions.includes('check') ? 'check' : 'call' }));
  }
  return facts;
}

describe('stacks', () => {
  it('of their own are what each seat begins with, and what its net chips are counted from', () => {
    const table = createTable({ ...blinds, stacks: [300, 0, 50, 100] });
    expect(started(table)).toMatchObject({ dealerSeat: 0, stacks: [300, 0, 50, 100] });
    expect(told(table.turn?.holeCards)?.map((cards) => cards.length)).toEqual([2, 0, 2, 2]);
    play(table, [0, 'fold'], [2, 'fold']);
    expect(table.standings).toMatchObject({
      standings: [
        { seat: 0, stack: 300, netChips: 0 },
        { seat: 1, stack: 0, netChips: 0 },
        { seat: 2, stack: 45, netChips: -5 },
        { seat: 3, stack: 105, netChips: 5 },
      ],
      finishingOrder: [
        { place: 1, seat: 0 },
        { place: 2, seat: 3 },
        { place: 3, seat: 2 },
        { place: 4, seat: 1 },
      ],
    });
    expect(table.award(2).standings.map(({ netChips }) => netChips)).toEqual([-300, 0, 400, -100]);
  });

  it('are copied', () => {
    const stacks = [100, 100];
    const table = createTable({ ...blinds, stacks });
    stacks[0] = 7;
    expect(table.stacks).toEqual([100, 100]);
  });
});

describe('lists', () => {
  it('are copied with what is in them', () => {
    const [ante, rising] = [[1, 1], { bigBlind: 3 }];
    const blindSchedule = [{ fromHand: 2, smallBlind: 20, bigBlind: 40, ante: rising }];
    const table = createTable({ ...blinds, seats: 2, startingStack: 100, ante, blindSchedule });
    ante[0] = -50;
    rising.bigBlind = -50;
    Object.assign(blindSchedule[0]!, { smallBlind: -20 });
    blindSchedule.push({ fromHand: 1, smallBlind: 0.5, bigBlind: 1, ante: { bigBlind: 0 } });
    expect(started(table).posts.map(({ amount }) => amount)).toEqual([5, 10, 1, 1]);
    playOut(table);
    expect(started(table).posts.map(({ amount }) => amount)).toEqual([20, 40, 3]);
  });
});

describe('ten seats', () => {
  it('are dealt in, act and show', () => {
    const table = createTable({ ...blinds, seats: 10, startingStack: 500 });
    const { holeCards, posts } = started(table);
    expect(new Set(told(holeCards).flat()).size).toBe(20);
    expect(posts.map(({ seat }) => seat)).toEqual([1, 2]);
    const seats = [3, 4, 5, 6, 7, 8, 9, 0, 1, 2];
    const facts = playOut(table);
    expect(facts.slice(0, 10).map((fact) => fact.type === 'acted' && fact.seat)).toEqual(seats);
    const last = facts.at(-1);
    expect(last).toMatchObject({ type: 'handEnded', pot: 100 });
    expect(last?.type === 'handEnded' && last.shown.map(({ seat }) => seat)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 0,
    ]);
  });
});

describe('the first button', () => {
  it('is at the seat that is asked for, or else at the next one that plays', () => {
    const dealers = [0, 1, 2, 3].map(
      (dealer) => started(createTable({ ...blinds, stacks: [50, 50, 0, 50], dealer })).dealerSeat,
    );
    expect(dealers).toEqual([0, 1, 3, 3]);
  });

  it('goes on from there', () => {
    const table = createTable({ ...blinds, seats: 3, startingStack: 500, dealer: 2 });
    const dealers = [1, 2, 3].map(() => {
      const { dealerSeat } = started(table);
      playOut(table);
      return dealerSeat;
    });
    expect(dealers).toEqual([2, 0, 1]);
  });

  it('lets a deal be played twice with the seats changed', () => {
    const deal = (dealer: number) =>
      told(started(createTable({ ...blinds, seats: 2, startingStack: 500, dealer })).holeCards);
    expect(deal(1)).toEqual(deal(0).toReversed());
  });
});

describe('seats that sit out', () => {
  const dealtIn = (hand: number) => (hand === 2 ? [0, 3] : undefined);

  it('keep their chips, post nothing, and button and blinds pass over them', () => {
    const table = createTable({ ...blinds, seats: 4, startingStack: 100, ante: 1, dealtIn });
    const seen = [1, 2, 3].map(() => {
      const { dealerSeat, posts, holeCards, stacks } = started(table);
      playOut(table);
      return {
        dealerSeat,
        posts: posts.map(({ seat }) => seat),
        cards: holeCards.map((two) => two.length),
        stacks,
      };
    });
    expect(seen).toMatchObject([
      { dealerSeat: 0, posts: [1, 2, 0, 1, 2, 3], cards: [2, 2, 2, 2] },
      { dealerSeat: 3, posts: [3, 0, 0, 3], cards: [2, 0, 0, 2] },
      { dealerSeat: 0, posts: [1, 2, 0, 1, 2, 3], cards: [2, 2, 2, 2] },
    ]);
    expect([seen[1]?.stacks[1], seen[1]?.stacks[2]]).toEqual([seen[2]?.stacks[1], seen[2]?.stacks[2]]);
  });

  it('are not in the way of a match that ends', () => {
    const table = createTable({ ...blinds, stacks: [10, 5, 10], dealtIn: () => [1, 2], maxHands: 1 });
    const facts = table.startHand();
    expect(facts.at(-1)).toMatchObject({ type: 'matchEnded', standings: [{ stack: 10 }, {}, {}] });
  });

  it.each([[[]], [[1]], [[0, 2]]])('but for one or none (%j with chips) are no hand', (seats) => {
    const table = createTable({ ...blinds, stacks: [50, 50, 0], dealtIn: () => seats });
    expect(() => table.startHand()).toThrow(RangeError);
    expect(() => table.startHand()).toThrow(
      'Option `dealtIn` must deal two seats with chips or more in; in hand 1',
    );
    expect([table.hand, table.turn]).toEqual([0, null]);
  });

  it.each([['0'], [[0, 9]], [[0.5, 1]]])('are refused where they are %j', (seats) => {
    const table = createTable({ ...blinds, stacks: [50, 50], dealtIn: () => seats as number[] });
    expect(() => table.startHand()).toThrow(RangeError);
    expect(() => table.startHand()).toThrow('Option `dealtIn`');
  });
});

describe('antes', () => {
  const posted = (options: Partial<TableOptions>) =>
    started(createTable({ ...blinds, stacks: [500, 500, 500], ...options })).posts.slice(2);

  it('are posted by every seat, by each its own, or by the big blind alone', () => {
    expect(posted({ ante: 2 })).toEqual([0, 1, 2].map((seat) => entry(seat, 'post_ante', 2)));
    expect(posted({ ante: [3, 0, 1] })).toEqual([entry(0, 'post_ante', 3), entry(2, 'post_ante', 1)]);
    expect(posted({ ante: { bigBlind: 10 } })).toEqual([entry(2, 'post_ante', 10)]);
    expect(posted({ ante: { bigBlind: 10 }, dealer: 1 })).toEqual([entry(0, 'post_ante', 10)]);
    expect(posted({ blindSchedule: [{ ...blinds, fromHand: 1, ante: { bigBlind: 4 } }] })).toEqual([
      entry(2, 'post_ante', 4),
    ]);
  });

  it('of the big blind are nothing that others have to call, and whole for who wins the main pot', () => {
    // Seat 0 is all-in for 20 with the best hand, seats 1 and 2 play on for a side pot.
    const table = createTable({
      ...blinds,
      stacks: [20, 500, 500],
      ante: { bigBlind: 10 },
      deckFor: () => ['Kh', 'Qh', 'Ah', 'Kd', 'Qd', 'Ad', '2c', '3c', '7s', '8s', '9d'],
    });
    table.startHand();
    expect(table.turn).toMatchObject({ seat: 0, toCall: 10, pot: 25 });
    const facts = play(
      table,
      [0, 'raise', 20],
      [1, 'call'],
      [2, 'raise', 100],
      [1, 'call'],
      ...[1, 2, 1, 2, 1, 2].map((seat): [number, string] => [seat, 'check']),
    );
    expect(facts.at(-1)).toMatchObject({
      pot: 230,
      pots: [
        { amount: 70, eligible: [0, 1, 2], winners: [{ seat: 0, amount: 70 }] },
        { amount: 160, eligible: [1, 2], winners: [{ seat: 1, amount: 160 }] },
      ],
      uncalled: null,
      stacks: [70, 560, 390],
    });
  });

  it('of the big blind go to it with the pot when nobody calls', () => {
    const table = createTable({ ...blinds, stacks: [500, 500, 500], ante: { bigBlind: 10 } });
    table.startHand();
    expect(play(table, [0, 'fold'], [1, 'fold']).at(-1)).toMatchObject({
      pots: [{ amount: 20, eligible: [2], winners: [{ seat: 2, amount: 20 }] }],
      uncalled: { seat: 2, amount: 5 },
      payouts: [{ seat: 2, amount: 25 }],
      stacks: [500, 495, 505],
    });
  });

  it('that put a seat all-in leave it in for them alone', () => {
    const table = createTable({
      ...blinds,
      stacks: [3, 500, 500],
      ante: [5, 5, 5],
      deckFor: () => ['Kh', 'Qh', 'Ah', 'Kd', 'Qd', 'Ad', '2c', '3c', '7s', '8s', '9d'],
    });
    table.startHand();
    expect(playOut(table).at(-1)).toMatchObject({
      pots: [
        { amount: 13, eligible: [0, 1, 2], winners: [{ seat: 0, amount: 13 }] },
        { amount: 20, eligible: [1, 2], winners: [{ seat: 1, amount: 20 }] },
      ],
    });
  });
});

describe('odd chips', () => {
  /** The board plays for all three: 5 + 11 + 11 chips and 11 of a seat that folds make 38 in three. */
  const shared = (options: Partial<TableOptions>) => {
    const table = createTable({
      seed: 'odd',
      smallBlind: 5,
      bigBlind: 11,
      seats: 4,
      startingStack: 100,
      dealer: 1,
      deckFor: () => ['2c', '2d', '2h', '2s', '3c', '3d', '3h', '3s', 'Ah', 'Kh', 'Qh', 'Jh', 'Th'],
      ...options,
    });
    table.startHand();
    // Seats 2 and 3 have the blinds.
    const facts = play(
      table,
      [0, 'call'],
      [1, 'call'],
      [2, 'fold'],
      [3, 'check'],
      ...[3, 0, 1, 3, 0, 1, 3, 0, 1].map((seat): [number, string] => [seat, 'check']),
    );
    const last = facts.at(-1);
    return last?.type === 'handEnded' && last.payouts.map(({ seat, amount }) => [seat, amount]);
  };

  it('go to the lowest seats, the platform’s rule', () => {
    // 38 in three: 13, 13, 12.
    const payouts = [
      [0, 13],
      [1, 13],
      [3, 12],
    ];
    expect([shared({}), shared({ oddChips: 'lowest-seat' })]).toEqual([payouts, payouts]);
  });

  it('go to the first seats left of the button where that is asked for', () => {
    expect(shared({ oddChips: 'left-of-button' })).toEqual([
      [0, 13],
      [1, 12],
      [3, 13],
    ]);
  });
});

describe('an option that makes no game', () => {
  it.each<[string, Partial<Record<keyof TableOptions, unknown>>]>([
    ['seats', { seats: 1 }],
    ['seats', { seats: 11 }],
    ['seats', { seats: 2.5 }],
    ['seats', { seats: undefined }],
    ['startingStack', { startingStack: 0 }],
    ['startingStack', { startingStack: undefined }],
    ['startingStack', { startingStack: Number.MAX_SAFE_INTEGER }],
    ['smallBlind', { smallBlind: 0 }],
    ['bigBlind', { bigBlind: 4 }],
    ['bigBlind', { bigBlind: Number.NaN }],
    ['ante', { ante: -1 }],
    ['ante', { ante: 'all' }],
    ['ante', { ante: [1, 2, 3] }],
    ['ante[1]', { ante: [1, -2] }],
    ['ante.bigBlind', { ante: {} }],
    [
      'blindSchedule[0].ante.bigBlind',
      { blindSchedule: [{ ...blinds, fromHand: 2, ante: { bigBlind: '5' } }] },
    ],
    ['blindSchedule[0].ante', { blindSchedule: [{ ...blinds, fromHand: 2, ante: null }] }],
    ['maxHands', { maxHands: 0 }],
    ['maxHands', { maxHands: '5' }],
    ['dealer', { dealer: 2 }],
    ['dealer', { dealer: -1 }],
    ['dealtIn', { dealtIn: [0, 1] }],
    ['oddChips', { oddChips: 'random' }],
    ['seed', { seed: 7 }],
    ['deckFor', { deckFor: ['Ah'] }],
  ])('is refused: `%s` in %j', (option, options) => {
    const bad = { seats: 2, startingStack: 1000, ...blinds, ...options };
    const create = (): Table => Reflect.apply(createTable, undefined, [bad]);
    expect(create).toThrow(RangeError);
    expect(create).toThrow(`\`${option}\``);
  });

  it.each<[string, Partial<Record<keyof TableOptions, unknown>>]>([
    [
      '`stacks` says what each seat begins with; leave `startingStack` out',
      { startingStack: 10, stacks: [5, 5] },
    ],
    ['`stacks` must be a list', { stacks: 5 }],
    ['`stacks` must be a list', { stacks: null }],
    ['`stacks.length` must be a whole number from 2 to 10, not 1', { stacks: [5] }],
    ['`stacks` must have an entry for each of the 3 seats, not 2', { seats: 3, stacks: [5, 5] }],
    ['`stacks[1]` must be a whole number from 0', { stacks: [5, -1] }],
    ['`stacks` must give chips to two seats or more', { stacks: [5, 0] }],
  ])('is refused: option %s', (why, options) => {
    const create = (): Table => Reflect.apply(createTable, undefined, [{ ...blinds, ...options }]);
    expect(create).toThrow(RangeError);
    expect(create).toThrow(`Option ${why}`);
  });
});
