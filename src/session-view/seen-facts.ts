/**
 * What the frames of a match say of the table. The game's part of a frame is JSON of unknown content (docs/protocol.md 6):
 * here it gets types, and a field of the wrong one is as good as none.
 */
import { parseCard } from '../holdem/card.js';
import { isObject } from '../protocol/checks.js';
import type { JsonObject } from '../protocol/frames.js';

const limits = { textLength: 40, listLength: 64 } as const;

/** `round_start.state`. */
export interface SeenHand {
  readonly hand: number | null;
  readonly dealerSeat: number | null;
  readonly pot: number | null;
  /** By seat, before and after the blinds; empty where the frame has none. */
  readonly stacks: readonly number[];
  readonly postBlindStacks: readonly number[];
  readonly holeCards: readonly string[];
}

/** `turn_request.state`. */
export interface SeenTurn {
  readonly hand: number | null;
  readonly phase: string;
  readonly board: readonly string[];
  readonly holeCards: readonly string[];
  readonly pot: number | null;
  readonly toCall: number | null;
  readonly yourStack: number | null;
  /** In seat order, without our own. */
  readonly opponentStacks: readonly number[];
  /** Of the hand so far, posts included. */
  readonly history: readonly SeenAction[];
}

/** One action as a history has it. */
export interface SeenAction {
  readonly seat: number | null;
  readonly phase: string;
  readonly action: string;
  /** `raise`: the total on this street. Else the chips added. */
  readonly amount: number;
  /** The server played for that seat. */
  readonly isTimeout: boolean;
}

/** `turn_result.details`. */
export interface SeenAct extends Omit<SeenAction, 'seat' | 'phase'> {
  readonly pot: number | null;
  readonly stacks: readonly number[];
}

/** `phase_change.state`. */
export interface SeenStreet {
  readonly phase: string;
  readonly board: readonly string[];
}

/** `round_result.result`. */
export interface SeenResult {
  readonly pot: number | null;
  readonly stacks: readonly number[];
  readonly showdown: readonly { seat: number | null; cards: readonly string[]; rank: string }[];
  readonly payouts: readonly { seat: number | null; amount: number }[];
}

export const seenHand = (state: JsonObject): SeenHand => ({
  hand: numberIn(state['hand_number']),
  dealerSeat: numberIn(state['dealer_seat']),
  pot: numberIn(state['pot']),
  stacks: numbersIn(state['stacks']),
  postBlindStacks: numbersIn(state['post_blind_stacks']),
  holeCards: cardsIn(state['your_hole_cards']),
});

export const seenTurn = (state: JsonObject): SeenTurn => ({
  hand: numberIn(state['hand_number']),
  phase: wordIn(state['phase']),
  board: cardsIn(state['board']),
  holeCards: cardsIn(state['your_hole_cards']),
  pot: numberIn(state['pot']),
  toCall: numberIn(state['to_call']),
  yourStack: numberIn(state['your_stack']),
  opponentStacks: numbersIn(state['opponent_stacks']),
  history: objectsIn(state['action_history']).map(seenAction),
});

export const seenAct = (details: JsonObject): SeenAct => ({
  action: wordIn(details['action']),
  amount: numberIn(details['amount']) ?? 0,
  isTimeout: details['is_timeout'] === true,
  pot: numberIn(details['pot']),
  stacks: numbersIn(details['stacks']),
});

export const seenStreet = (state: JsonObject): SeenStreet => ({
  phase: wordIn(state['phase']),
  board: cardsIn(state['board']),
});

export const seenResult = (result: JsonObject): SeenResult => ({
  pot: numberIn(result['pot']),
  stacks: numbersIn(result['stacks']),
  showdown: objectsIn(result['showdown']).map((shown) => ({
    seat: numberIn(shown['seat']),
    cards: cardsIn(shown['hole_cards']),
    rank: wordIn(shown['hand_rank']),
  })),
  payouts: objectsIn(result['payouts']).map((paid) => ({
    seat: numberIn(paid['seat']),
    amount: numberIn(paid['amount']) ?? 0,
  })),
});

const seenAction = (entry: JsonObject): SeenAction => ({
  seat: numberIn(entry['seat']),
  phase: wordIn(entry['phase']),
  action: wordIn(entry['action']),
  amount: numberIn(entry['amount']) ?? 0,
  isTimeout: entry['is_timeout'] === true,
});

function numberIn(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A word of the game, such as that of a street. */
function wordIn(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, limits.textLength) : '';
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, limits.listLength) : [];
}

function numbersIn(value: unknown): number[] {
  return listIn(value).map((item) => numberIn(item) ?? 0);
}

function objectsIn(value: unknown): JsonObject[] {
  return listIn(value).filter(isObject);
}

function cardsIn(value: unknown): string[] {
  return listIn(value).filter((card): card is string => parseCard(card) !== null);
}
