import { describe, expect, it } from 'vitest';
import { parseCards } from '../../src/holdem/card.js';
import type { HandAction, Street } from '../../src/holdem/facts.js';
import type { PlayedHand, PlayedMatch } from '../../src/records/played-match.js';
import { handRow, replayAnswer } from '../../src/records/record-rows.js';
import { replayAnswer as replayOfClient } from '../platform/records.js';

const act = (seat: number, action: HandAction['action'], amount: number, street: Street): HandAction => ({
  seat,
  action,
  amount,
  street,
  isTimeout: false,
});

/** Raises are totals here, as the table tells them. */
const hand: PlayedHand = {
  hand: 4,
  bigBlind: 100,
  stacks: [10_000, 10_000],
  holeCards: [parseCards('Qs Qd'), parseCards('Ah Kh')],
  board: parseCards('Qh 7c 2d'),
  history: [
    act(1, 'post_small_blind', 50, 'preflop'),
    act(0, 'post_big_blind', 100, 'preflop'),
    act(1, 'raise', 250, 'preflop'),
    act(0, 'call', 150, 'preflop'),
    act(0, 'raise', 300, 'flop'),
    act(1, 'raise', 900, 'flop'),
    act(0, 'raise', 2_400, 'flop'),
    act(1, 'fold', 0, 'flop'),
  ],
  winners: [0],
  shown: [],
  stacksAfter: [11_150, 8_850],
};

const match: PlayedMatch = {
  matchId: 'm',
  origin: 'queue',
  rated: true,
  startedAt: null,
  outcome: 'completed',
  seats: [
    { name: 'alder', botId: 'a', netChips: 1_150, handsWon: 1, place: 1 },
    { name: 'birch', botId: 'b', netChips: -1_150, handsWon: 0, place: 2 },
  ],
  hands: [hand],
  isForgotten: false,
};

describe('a hand in the shape of /hands', () => {
  it('has the board in one text, and raises as the chips that they add', () => {
    expect(handRow(hand)).toEqual({
      hand_number: 4,
      board: 'Qh7c2d',
      hole_cards: { '0': ['Qs', 'Qd'], '1': ['Ah', 'Kh'] },
      winner_seats: [0],
      actions: [
        { seat: 1, action: 'post_small_blind', amount: 50, phase: 'preflop' },
        { seat: 0, action: 'post_big_blind', amount: 100, phase: 'preflop' },
        { seat: 1, action: 'raise', amount: 200, phase: 'preflop' },
        { seat: 0, action: 'call', amount: 150, phase: 'preflop' },
        { seat: 0, action: 'raise', amount: 300, phase: 'flop' },
        { seat: 1, action: 'raise', amount: 900, phase: 'flop' },
        { seat: 0, action: 'raise', amount: 2_100, phase: 'flop' },
        { seat: 1, action: 'fold', amount: 0, phase: 'flop' },
      ],
    });
  });

  it('does not count an ante as part of a raise', () => {
    const history = [
      act(1, 'post_small_blind', 50, 'preflop'),
      act(0, 'post_big_blind', 100, 'preflop'),
      act(0, 'post_ante', 10, 'preflop'),
      act(1, 'post_ante', 10, 'preflop'),
      act(1, 'raise', 300, 'preflop'),
    ];
    expect(handRow({ ...hand, history }).actions.map(({ amount }) => amount)).toEqual([50, 100, 10, 10, 250]);
  });

  it('leaves out the seats that were not dealt in', () => {
    const holeCards = [parseCards('Qs Qd'), [], parseCards('Ah Kh')];
    expect(handRow({ ...hand, holeCards }).hole_cards).toEqual({ '0': ['Qs', 'Qd'], '2': ['Ah', 'Kh'] });
  });
});

describe('a match in the shape of /replay', () => {
  const amounts = (raises: 'added' | 'total') =>
    replayAnswer(match, raises).hands[0]?.streets.map(({ actions }) => actions.map(({ amount }) => amount));

  it('tells the same in other words, those that the client of the platform reads', () => {
    expect(replayAnswer(match, 'total')).toEqual({
      metadata: {
        players: [
          { seat: 0, name: 'alder' },
          { seat: 1, name: 'birch' },
        ],
        final_result: [
          { name: 'alder', net_chips: 1_150 },
          { name: 'birch', net_chips: -1_150 },
        ],
      },
      hands: replayOfClient.hands,
    });
  });

  it('tells raises as totals or as the chips that they add', () => {
    expect(amounts('total')).toEqual([
      [50, 100, 250, 150],
      [300, 900, 2_400, 0],
    ]);
    expect(amounts('added')).toEqual([
      [50, 100, 200, 150],
      [300, 900, 2_100, 0],
    ]);
  });

  it('gives each street the cards that are dealt when it begins, also where nobody acts any more', () => {
    const board = parseCards('Qh 7c 2d Jc Jd');
    const { streets } = replayAnswer({ ...match, hands: [{ ...hand, board }] }, 'added').hands[0] ?? {
      streets: [],
    };
    expect(streets.map(({ street, community_cards: cards }) => [street, cards])).toEqual([
      ['preflop', []],
      ['flop', ['Qh', '7c', '2d']],
      ['turn', ['Jc']],
      ['river', ['Jd']],
    ]);
  });
});
