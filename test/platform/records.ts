/** Synthetic answers of the public records, as players' tools read them (docs/protocol.md 7). */
import type { HandsAnswer, MatchesAnswer, RecordedMatchRow, ReplayAnswer } from '../../src/platform/index.js';

export const matchId = '11111111-2222-3333-4444-555555555555';

export const matchRow: RecordedMatchRow = {
  id: matchId,
  game_type: 'poker',
  match_type: 'challenge',
  status: 'completed',
  rated: true,
  started_at: '2026-01-06T18:40:21.400000Z',
  participants: [
    { seat: 0, name: 'alder', bot_id: 'aaaaaaaa-0000-0000-0000-000000000001', net_chips: 10_000 },
    { seat: 1, name: 'birch', bot_id: 'aaaaaaaa-0000-0000-0000-000000000002', net_chips: -10_000 },
  ],
};

export const matchesAnswer: MatchesAnswer = { total: 143, matches: [matchRow] };

/** Raises are the chips added. */
export const handsAnswer: HandsAnswer = {
  total: 1,
  hands: [
    {
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
        { seat: 0, action: 'raise', amount: 2100, phase: 'flop' },
        { seat: 1, action: 'fold', amount: 0, phase: 'flop' },
      ],
    },
  ],
};

/** The same hand; raises are totals of the street. */
export const replayAnswer: ReplayAnswer = {
  metadata: {
    players: [
      { seat: 0, name: 'alder' },
      { seat: 1, name: 'birch' },
    ],
    final_result: [
      { name: 'alder', net_chips: 10_000 },
      { name: 'birch', net_chips: -10_000 },
    ],
  },
  hands: [
    {
      hand_number: 4,
      starting_stacks: [
        { seat: 0, starting_stack: 10_000 },
        { seat: 1, starting_stack: 10_000 },
      ],
      stacks_after: { '0': 11_150, '1': 8_850 },
      hole_cards: { '0': ['Qs', 'Qd'], '1': ['Ah', 'Kh'] },
      community_cards: ['Qh', '7c', '2d'],
      streets: [
        {
          street: 'preflop',
          community_cards: [],
          pot_after: 500,
          actions: [
            { seat: 1, player: 'birch', action_type: 'post_small_blind', amount: 50 },
            { seat: 0, player: 'alder', action_type: 'post_big_blind', amount: 100 },
            { seat: 1, player: 'birch', action_type: 'raise', amount: 250 },
            { seat: 0, player: 'alder', action_type: 'call', amount: 150 },
          ],
        },
        {
          street: 'flop',
          community_cards: ['Qh', '7c', '2d'],
          pot_after: 3800,
          actions: [
            { seat: 0, player: 'alder', action_type: 'raise', amount: 300 },
            { seat: 1, player: 'birch', action_type: 'raise', amount: 900 },
            { seat: 0, player: 'alder', action_type: 'raise', amount: 2400 },
            { seat: 1, player: 'birch', action_type: 'fold', amount: 0 },
          ],
        },
      ],
      showdown: [],
    },
  ],
};
