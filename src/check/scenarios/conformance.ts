/**
 * The four exchanges that the platform's own test harness plays with a bot (`@chipzen-ai/bot`, May 2026): a whole hand,
 * three turns in a row, one rejection, and three. The frames are as the platform's documents have them, which is not in
 * everything how players saw them: a result with the seat in its details, a history without the posts, ranks and scores in
 * the end.
 */
import type { JsonObject, TurnRequest } from '../../protocol/frames.js';

export type ScriptStep =
  | { send: JsonObject }
  | { ask: TurnRequest }
  /** Of the answer to the turn before. */
  | { reject: JsonObject & { request_id: string } };

export interface ConformanceScenario {
  id: string;
  title: string;
  /** What the harness calls it. */
  officialName: string;
  script: readonly ScriptStep[];
}

const cards = ['Qs', 'Qd'];
const flop = ['4c', '8d', 'Jh'];
const streets = [
  { phase: 'preflop', board: [] },
  { phase: 'flop', board: flop },
  { phase: 'turn', board: [...flop, '5s'] },
];

const matchStarts: ScriptStep = {
  send: {
    type: 'match_start',
    seats: [
      { seat: 0, participant_id: 'p0', display_name: 'checked', is_self: true },
      { seat: 1, participant_id: 'p1', display_name: 'player 1', is_self: false },
    ],
    game_config: {
      variant: 'nlhe',
      starting_stack: 2_500,
      small_blind: 25,
      big_blind: 50,
      ante: 0,
      total_hands: 0,
    },
    turn_timeout_ms: 5_000,
  },
};

const handStarts: ScriptStep = {
  send: {
    type: 'round_start',
    round_id: 'r_1',
    round_number: 1,
    state: {
      hand_number: 1,
      dealer_seat: 0,
      your_hole_cards: cards,
      stacks: [2_475, 2_450],
      deck_commitment: '',
    },
  },
};

const turn = (number: number): ScriptStep => ({
  ask: {
    type: 'turn_request',
    seat: 0,
    request_id: `req_${number}`,
    timeout_ms: 5_000,
    valid_actions: ['fold', 'call', 'raise'],
    state: {
      hand_number: 1,
      ...streets[number - 1],
      your_hole_cards: cards,
      pot: 75,
      your_stack: 2_475,
      opponent_stacks: [2_450],
      to_call: 25,
      min_raise: 100,
      max_raise: 2_500,
      action_history: [],
    },
  },
});

const result: ScriptStep = {
  send: { type: 'turn_result', is_timeout: false, details: { seat: 0, action: 'call', amount: 25 } },
};

const street = (number: number): ScriptStep => ({
  send: { type: 'phase_change', state: { ...streets[number - 1] } },
});

const rejection: ScriptStep = {
  reject: {
    type: 'action_rejected',
    request_id: 'req_1',
    reason: 'invalid_action',
    message: 'That action is not possible now.',
    remaining_ms: 4_000,
    valid_actions: ['check', 'fold'],
  },
};

const theEnd: readonly ScriptStep[] = [
  {
    send: {
      type: 'round_result',
      round_id: 'r_1',
      round_number: 1,
      result: {
        hand_number: 1,
        winner_seats: [0],
        pot: 100,
        payouts: [{ seat: 0, amount: 100 }],
        showdown: [],
        action_history: [],
        stacks: [2_550, 2_450],
        deck_commitment: '',
        deck_reveal: null,
      },
    },
  },
  {
    send: {
      type: 'match_end',
      reason: 'complete',
      results: [
        { seat: 0, participant_id: 'p0', rank: 1, score: 2_550 },
        { seat: 1, participant_id: 'p1', rank: 2, score: 2_450 },
      ],
    },
  },
];

export const conformanceScenarios: readonly ConformanceScenario[] = [
  {
    id: 'whole-match',
    title: 'one hand from match_start to match_end',
    officialName: 'connectivity_full_match',
    script: [matchStarts, handStarts, turn(1), result, ...theEnd],
  },
  {
    id: 'three-turns',
    title: 'three turns, each answered under its own request_id',
    officialName: 'multi_turn_request_id_echo',
    script: [
      matchStarts,
      handStarts,
      turn(1),
      result,
      street(2),
      turn(2),
      result,
      street(3),
      turn(3),
      result,
      ...theEnd,
    ],
  },
  {
    id: 'rejected',
    title: 'a rejected answer is followed by a safe one',
    officialName: 'action_rejected_recovery',
    script: [matchStarts, handStarts, turn(1), rejection, result, ...theEnd],
  },
  {
    id: 'rejected-thrice',
    title: 'three rejections draw three answers and no more',
    officialName: 'retry_storm_bounded',
    script: [matchStarts, handStarts, turn(1), rejection, rejection, rejection, result, ...theEnd],
  },
];
