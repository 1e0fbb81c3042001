import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historiesOfRecord, readPlatformRecord } from '../../../src/histories/formats/platform-record.js';
import type { HandHistory } from '../../../src/histories/hand-history.js';
import { historiesOfMatch } from '../../../src/histories/played-histories.js';
import { readHandRows } from '../../../src/platform/read-hands.js';
import { handRow, replayAnswer } from '../../../src/records/record-rows.js';
import { playedMatch, randomTables } from '../random-hands.js';

/** Levels are known only as far as they were posted so far, and nobody is told to have run out of time. */
const asRecorded = (hand: HandHistory, source: HandHistory['source']) => ({
  ...hand,
  source,
  level: null,
  startedAt: null,
  history: hand.history.map((entry) => ({ ...entry, isTimeout: false })),
});

const withoutLevel = (hand: HandHistory) => ({ ...hand, level: null });

const withoutStacks = <Hand extends Pick<HandHistory, 'seats'>>(hand: Hand) => ({
  ...hand,
  seats: hand.seats.map(({ seat, cards, hasShown }) => ({ seat, cards, hasShown })),
});

describe('a record of the local platform', () => {
  it.each(['added', 'total'] as const)(
    'of /replay, where raises are %s, has the hands as they were played',
    (raises) => {
      fc.assert(
        fc.property(randomTables, (table) => {
          const match = playedMatch(table);
          const text = JSON.stringify(replayAnswer(match, raises));
          const { hands, refused } = readPlatformRecord(text, { matchId: match.matchId });
          // What no chips of the match tell is refused, and nothing else.
          expect(refused.filter(({ code }) => code !== 'unknown_raises')).toEqual([]);
          const open = new Set(refused.map(({ handNumber }) => handNumber));
          const played = historiesOfMatch(match).filter(({ handNumber }) => !open.has(handNumber));
          expect(hands.map(withoutLevel)).toEqual(played.map((hand) => asRecorded(hand, 'replay')));
        }),
        { numRuns: 60 },
      );
    },
  );

  it('of /hands has what was done and the cards of all', () => {
    fc.assert(
      fc.property(randomTables, (table) => {
        const match = playedMatch(table);
        const text = JSON.stringify({ total: match.hands.length, hands: match.hands.map(handRow) });
        const { hands, refused } = readPlatformRecord(text, { matchId: match.matchId });
        expect(refused).toEqual([]);
        expect(hands.map((hand) => withoutStacks(withoutLevel(hand)))).toEqual(
          historiesOfMatch(match).map((hand) => withoutStacks(asRecorded(hand, 'hands'))),
        );
      }),
      { numRuns: 60 },
    );
  });
});

const actions = [
  { seat: 1, action: 'post_small_blind', amount: 50, phase: 'preflop' },
  { seat: 0, action: 'post_big_blind', amount: 100, phase: 'preflop' },
  { seat: 1, action: 'raise', amount: 200, phase: 'preflop' },
  { seat: 0, action: 'call', amount: 150, phase: 'preflop' },
  { seat: 0, action: 'raise', amount: 300, phase: 'flop' },
  { seat: 1, action: 'raise', amount: 900, phase: 'flop' },
  { seat: 0, action: 'raise', amount: 2100, phase: 'flop' },
  { seat: 1, action: 'fold', amount: 0, phase: 'flop' },
];
const row = {
  hand_number: 1,
  board: 'Qh7c2d',
  hole_cards: { 0: ['Qs', 'Qd'], 1: ['Ah', 'Kh'] },
  winner_seats: [0],
  actions,
};

describe('a record of the platform', () => {
  it('has raises as totals of the street, whatever it says', () => {
    const { hands, refused } = readPlatformRecord(JSON.stringify({ hands: [row] }), { matchId: 'm' });
    expect(refused).toEqual([]);
    expect(hands[0]).toMatchObject({
      matchId: 'm',
      dealerSeat: 1,
      level: { smallBlind: 50, bigBlind: 100, ante: 0 },
    });
    expect(hands[0]?.history.filter(({ action }) => action === 'raise').map(({ amount }) => amount)).toEqual([
      250, 300, 900, 2400,
    ]);
    expect(hands[0]?.seats).toEqual([
      { seat: 0, name: 'Seat 0', stack: null, stackAfter: null, cards: ['Qs', 'Qd'], hasShown: false },
      { seat: 1, name: 'Seat 1', stack: null, stackAfter: null, cards: ['Ah', 'Kh'], hasShown: false },
    ]);
  });

  it('counts stacks on from the first hand, and no further than its winners agree', () => {
    const rows = [
      row,
      { ...row, hand_number: 2 },
      { ...row, hand_number: 3, winner_seats: [1] },
      { ...row, hand_number: 4 },
    ];
    const { hands } = historiesOfRecord(readHandRows(rows).hands, {
      source: 'hands',
      matchId: null,
      startingStack: 10_000,
    });
    expect(hands.map(({ seats }) => seats.map(({ stack, stackAfter }) => [stack, stackAfter]))).toEqual([
      [
        [10_000, 11_150],
        [10_000, 8_850],
      ],
      [
        [11_150, 12_300],
        [8_850, 7_700],
      ],
      [
        [null, null],
        [null, null],
      ],
      [
        [null, null],
        [null, null],
      ],
    ]);
  });

  it('takes the level of a short post from the hands before', () => {
    const short = {
      ...row,
      hand_number: 2,
      actions: actions.map((entry) => (entry.action === 'post_big_blind' ? { ...entry, amount: 52 } : entry)),
    };
    const { hands } = readPlatformRecord(JSON.stringify({ hands: [row, short] }), { matchId: null });
    expect(hands.map(({ level }) => level.bigBlind)).toEqual([100, 100]);
    expect(
      readPlatformRecord(JSON.stringify({ hands: [short] }), { matchId: null }).hands[0]?.level.bigBlind,
    ).toBe(100);
  });

  it('refuses a hand whose raises may be two things, and an action that is none', () => {
    const open = {
      hand_number: 1,
      starting_stacks: [],
      stacks_after: null,
      hole_cards: {},
      community_cards: [],
      streets: [
        {
          street: 'preflop',
          actions: [
            { seat: 1, action_type: 'post_small_blind', amount: 50 },
            { seat: 0, action_type: 'post_big_blind', amount: 100 },
            { seat: 1, action_type: 'raise', amount: 250 },
            { seat: 0, action_type: 'fold', amount: 0 },
          ],
        },
      ],
    };
    const { refused, blocks } = readPlatformRecord(JSON.stringify({ hands: [open, 7] }), { matchId: null });
    expect(blocks).toBe(2);
    expect(refused.map(({ code, position }) => [code, position])).toEqual([
      ['unreadable', 2],
      ['unknown_raises', 1],
    ]);
    const odd = { ...row, actions: [...actions, { seat: 1, action: 'dance', amount: 0, phase: 'flop' }] };
    expect(readPlatformRecord(JSON.stringify({ hands: [odd] }), { matchId: null }).refused).toMatchObject([
      { code: 'unreadable', why: expect.stringContaining('dance') },
    ]);
  });
});
