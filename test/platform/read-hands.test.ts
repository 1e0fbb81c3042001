import { describe, expect, it } from 'vitest';
import { readHandRows, readReplayRows } from '../../src/platform/read-hands.js';
import { handsAnswer, replayAnswer } from './records.js';

const [handRow] = handsAnswer.hands;
const [replayRow] = replayAnswer.hands;

/** What each action moves, and what its seat has on the street then. */
const counted = [
  ['post_small_blind', 50, 50],
  ['post_big_blind', 100, 100],
  ['raise', 200, 250],
  ['call', 150, 250],
  ['raise', 300, 300],
  ['raise', 900, 900],
  ['raise', 2100, 2400],
  ['fold', 0, 900],
];

describe('one hand of both sources', () => {
  const {
    hands: [fromHands],
    unreadable,
  } = readHandRows(handsAnswer.hands);
  const {
    hands: [fromReplay],
  } = readReplayRows(replayAnswer.hands);

  it('is read into the same chips, whatever the amounts of its raises are', () => {
    expect(unreadable).toEqual([]);
    for (const hand of [fromHands, fromReplay]) {
      const own = hand?.actions.map(({ action, added, streetTotal }) => [action, added, streetTotal]);
      expect(own).toEqual(counted);
    }
    expect([fromHands?.raises, fromReplay?.raises]).toEqual(['added', 'total']);
    expect(fromHands?.actions.at(6)).toMatchObject({ amount: 2100 });
    expect(fromReplay?.actions.at(6)).toMatchObject({ amount: 2400 });
  });

  it('has its cards, seats and streets in one form', () => {
    const facts = {
      handNumber: 4,
      board: ['Qh', '7c', '2d'],
      holeCards: { 0: ['Qs', 'Qd'], 1: ['Ah', 'Kh'] },
      showdown: [],
    };
    expect(fromHands).toMatchObject({ ...facts, winnerSeats: [0], startingStacks: null, stacksAfter: null });
    expect(fromReplay).toMatchObject({
      ...facts,
      winnerSeats: [],
      startingStacks: { 0: 10_000, 1: 10_000 },
      stacksAfter: { 0: 11_150, 1: 8_850 },
    });
    for (const hand of [fromHands, fromReplay]) {
      expect(hand?.actions.map(({ phase, seat }) => `${phase} ${seat}`)).toEqual([
        'preflop 1',
        'preflop 0',
        'preflop 1',
        'preflop 0',
        'flop 0',
        'flop 1',
        'flop 0',
        'flop 1',
      ]);
    }
  });
});

it('a replay whose raises are the chips added is told from one of totals', () => {
  const streets = replayRow?.streets.map((street) => ({
    ...street,
    actions: street.actions.map((action) => ({
      ...action,
      amount: { 250: 200, 2400: 2100 }[action.amount] ?? action.amount,
    })),
  }));
  const [hand] = readReplayRows([{ ...replayRow, streets }]).hands;
  expect(hand?.raises).toBe('added');
  expect(hand?.actions.map(({ action, added, streetTotal }) => [action, added, streetTotal])).toEqual(
    counted,
  );
});

it('a raise whose meaning the chips leave open has no chips, and what follows on its street no total', () => {
  const actions = [
    ['1', 'post_small_blind', 50],
    ['0', 'post_big_blind', 100],
    ['1', 'raise', 250],
    ['0', 'fold', 0],
  ].map(([seat, action_type, amount]) => ({ seat: Number(seat), action_type, amount }));
  const row = {
    ...replayRow,
    stacks_after: { '0': 9_900, '1': 10_100 },
    streets: [{ street: 'preflop', actions }],
  };
  const [hand] = readReplayRows([row]).hands;
  expect(hand?.raises).toBe('unknown');
  expect(hand?.actions.map(({ added, streetTotal }) => [added, streetTotal])).toEqual([
    [50, 50],
    [100, 100],
    [null, null],
    [0, null],
  ]);
});

describe('a hand that is told less', () => {
  const read = (changes: object) => readHandRows([{ ...handRow, ...changes }]).hands[0];

  it.each([
    ['', []],
    [undefined, []],
    [null, []],
    ['Qh 7c 2d', ['Qh', '7c', '2d']],
    [
      ['Qh', '7c'],
      ['Qh', '7c'],
    ],
    ['Qh7c2dAsTs', ['Qh', '7c', '2d', 'As', 'Ts']],
  ])('has the board %j', (board, cards) => {
    expect(read({ board })?.board).toEqual(cards);
  });

  it('has winners in either field, or none', () => {
    expect(read({ winner_seats: undefined, winner_seat: 1 })?.winnerSeats).toEqual([1]);
    expect(read({ winner_seats: [0, 1] })?.winnerSeats).toEqual([0, 1]);
    expect(read({ winner_seats: undefined })?.winnerSeats).toEqual([]);
  });

  it('has the cards that are known', () => {
    expect(read({ hole_cards: undefined })?.holeCards).toEqual({});
    expect(
      read({ hole_cards: { '0': ['Qs', 'Qd'], '1': [], x: ['Ah', 'Kh'], '3': ['??', '??'] } })?.holeCards,
    ).toEqual({
      0: ['Qs', 'Qd'],
    });
  });

  it('has no number', () => {
    expect(read({ hand_number: undefined })?.handNumber).toBeNull();
  });

  it('has no stacks, or no show-down, in a replay', () => {
    const row = { ...replayRow, starting_stacks: null, stacks_after: { '0': 'x' }, showdown: null };
    expect(readReplayRows([row]).hands[0]).toMatchObject({
      startingStacks: null,
      stacksAfter: null,
      showdown: [],
    });
  });

  it('has a show-down, or one entry of it, in a replay', () => {
    const showdown = [{ seat: 0, hole_cards: ['Qs', 'Qd'], hand_rank: 'three_of_a_kind' }, { seat: 1 }];
    expect(readReplayRows([{ ...replayRow, showdown }]).hands[0]?.showdown).toEqual([
      { seat: 0, cards: ['Qs', 'Qd'], rank: 'three_of_a_kind' },
      { seat: 1, cards: [], rank: null },
    ]);
  });
});

describe('a hand that cannot be read', () => {
  const rowWith = (changes: object) => ({ ...handRow, ...changes });
  const action = handRow?.actions[0];

  it.each([
    ['is no object', 7, null, 'It is not an object.'],
    ['has no actions', rowWith({ actions: undefined }), 4, 'It has no list of actions.'],
    ['has an action that is none', rowWith({ actions: [action, 'x'] }), 4, 'It has no list of actions.'],
    [
      'has an action without a seat',
      rowWith({ actions: [{ ...action, seat: 'x' }] }),
      4,
      'One of its actions has no seat, street, verb or amount.',
    ],
    ...[-50, 2.5, 1e308].map((amount): [string, object, number, string] => [
      `has an amount of ${amount}`,
      rowWith({ actions: [{ ...action, amount }] }),
      4,
      'One of its actions has no seat, street, verb or amount.',
    ]),
    [
      'has an amount that is none',
      rowWith({ actions: [{ ...action, amount: {} }] }),
      4,
      'One of its actions has no seat, street, verb or amount.',
    ],
    ['has a board of half a card', rowWith({ board: 'Qh7' }), 4, 'Its board is not a text of cards.'],
    ['has a board of six', rowWith({ board: 'Qh7c2dAsTs3s' }), 4, 'Its board is not a text of cards.'],
    ['has a board that is a number', rowWith({ board: 5 }), 4, 'Its board is not a text of cards.'],
  ])('%s: it is told where, and the others are read', (_title, row, handNumber, why) => {
    const { hands, unreadable } = readHandRows([handRow, row, handRow]);
    expect(hands).toHaveLength(2);
    expect(unreadable).toEqual([{ index: 1, handNumber, why }]);
  });

  it('is one of a replay', () => {
    const { unreadable } = readReplayRows([{ hand_number: 9, streets: {} }, replayRow]);
    expect(unreadable).toEqual([{ index: 0, handNumber: 9, why: 'It has no list of streets.' }]);
  });
});
