/** Takes the frames of a match as one bot got them, and puts the pieces of its hands together. */
import type { HandAction, Street } from '../../holdem/facts.js';
import { instantOf, rowsOf, textOf, textsOf, wholeOf } from '../../platform/fields.js';
import { isObject } from '../../protocol/checks.js';
import type { JsonObject } from '../../protocol/frames.js';
import { streetCalled } from '../action-words.js';
import type { HandLevel } from '../hand-history.js';
import { dealerOf } from '../played-histories.js';
import { type HandPieces, noPieces } from './hand-pieces.js';
import { actionIn, actionsIn, chipsIn, wireNames } from './told-values.js';

/** What the frames of a match tell. */
export interface SeenMatch {
  readonly hands: Map<number, HandPieces>;
  readonly names: Map<number, string>;
  seat: number | null;
  /** That of the match's beginning; null: not told. */
  level: HandLevel | null;
  /** What every seat began the match with; null: not told. */
  startingStack: number | null;
  /** As the end of the match tells it, by seat. */
  readonly netChips: Map<number, number>;
}

/** A turn that was asked for. */
export interface RecordedTurn {
  readonly requestId: string;
  readonly handNumber: number | null;
  /** How many entries the history of its hand had. */
  readonly position: number | null;
}

export interface FrameReader {
  readonly match: SeenMatch;
  /** @returns the turn that the frame asks for, if it does. */
  take(frame: JsonObject, at: number): RecordedTurn | null;
  /** Frames are missing here: what follows may be of another hand, or of a later street. */
  skip(): void;
}

export const noMatch = (): SeenMatch => ({
  hands: new Map(),
  names: new Map(),
  seat: null,
  level: null,
  startingStack: null,
  netChips: new Map(),
});

export function readFrames(match: SeenMatch): FrameReader {
  /** The hand of which nothing is missing since a frame that told all of it; null: there is none. */
  let hand: HandPieces | null = null;
  let street: Street = 'preflop';

  const handOf = (number: number | null): HandPieces | null => {
    if (number === null) return null;
    const pieces = match.hands.get(number) ?? noPieces(number);
    match.hands.set(number, pieces);
    return pieces;
  };

  const takeMatchStart = ({ seats, your_seat, game_config }: JsonObject): void => {
    for (const row of rowsOf(seats)?.rows ?? []) {
      const seat = wholeOf(row['seat']);
      if (seat === null) continue;
      match.names.set(seat, textOf(row['display_name']) ?? `Seat ${seat}`);
      if (row['is_self'] === true) match.seat ??= seat;
    }
    match.seat = wholeOf(your_seat) ?? match.seat;
    if (!isObject(game_config)) return;
    const { small_blind, big_blind, ante, starting_stack } = game_config;
    match.startingStack ??= wholeOf(starting_stack);
    match.level ??= {
      smallBlind: wholeOf(small_blind) ?? 0,
      bigBlind: wholeOf(big_blind) ?? 0,
      ante: wholeOf(ante) ?? 0,
    };
  };

  const takeRoundStart = (frame: JsonObject, at: number): void => {
    const state = fieldsOf(frame['state']);
    hand = handOf(wholeOf(state['hand_number']) ?? wholeOf(frame['round_number']));
    street = 'preflop';
    if (hand === null) return;
    const stacks = chipsIn(state['stacks']);
    const own = textsOf(state['your_hole_cards']);
    if (own.length > 0) hand.own = own;
    if (stacks !== null)
      hand.beginning ??= {
        at: instantOf(frame['server_ts']) ?? at,
        dealerSeat: wholeOf(state['dealer_seat']),
        stacks,
        stacksAfterPosts: chipsIn(state['post_blind_stacks']),
        dealt: null,
      };
  };

  const takeTurn = (frame: JsonObject, at: number): RecordedTurn | null => {
    const state = fieldsOf(frame['state']);
    match.seat ??= wholeOf(frame['seat']);
    const requestId = textOf(frame['request_id']);
    const number = wholeOf(state['hand_number']);
    const history = actionsIn(state['action_history'], wireNames);
    if (number !== null) hand = handOf(number);
    if (history === null) hand = null;
    if (hand !== null && history !== null) {
      if (history.length >= hand.seen.length) hand.seen = history;
      street = streetCalled(state['phase']) ?? street;
      takeBoard(textsOf(state['board']));
      const own = textsOf(state['your_hole_cards']);
      if (own.length > 0) hand.own ??= own;
      if (hand.beginning === null && hand.turn === null)
        hand.turn = beginningOfTurn(state, { seat: match.seat, history, at });
    }
    return requestId === null
      ? null
      : { requestId, handNumber: number ?? hand?.handNumber ?? null, position: history?.length ?? null };
  };

  const takeBoard = (board: string[]): void => {
    if (hand !== null && board.length > hand.board.length) hand.board = board;
  };

  const takeResult = (frame: JsonObject): void => {
    const result = fieldsOf(frame['result']);
    const pieces = handOf(wholeOf(result['hand_number']) ?? wholeOf(frame['round_number']));
    hand = null;
    if (pieces === null) return;
    const shown = rowsOf(result['showdown'])?.rows ?? [];
    pieces.ending ??= {
      history: result['action_history'] === undefined ? [] : actionsIn(result['action_history'], wireNames),
      stacks: chipsIn(result['stacks']),
      cards: new Map(
        shown.flatMap((row) => {
          const [seat, cards] = [wholeOf(row['seat']), textsOf(row['hole_cards'])];
          return seat === null || cards.length === 0 ? [] : [[seat, cards] as const];
        }),
      ),
      best: shown.flatMap((row) => textsOf(row['best_hand'])),
    };
  };

  return {
    match,
    skip() {
      hand = null;
    },
    take(frame, at) {
      switch (frame['type']) {
        case 'match_start':
          takeMatchStart(frame);
          return null;
        case 'round_start':
          takeRoundStart(frame, at);
          return null;
        case 'turn_request':
          return takeTurn(frame, at);
        case 'reconnected':
          return isObject(frame['pending_request']) ? takeTurn(frame['pending_request'], at) : null;
        case 'turn_result': {
          const act = actionIn(
            { ...fieldsOf(frame['details']), seat: frame['seat'], phase: street },
            wireNames,
          );
          if (hand !== null && act !== null) hand.seen = [...hand.seen, act];
          return null;
        }
        case 'phase_change': {
          const state = fieldsOf(frame['state']);
          street = streetCalled(state['phase']) ?? street;
          takeBoard(textsOf(state['board']));
          return null;
        }
        case 'round_result':
          takeResult(frame);
          return null;
        case 'match_end':
          for (const row of rowsOf(frame['results'])?.rows ?? []) {
            const seat = wholeOf(row['seat']);
            const { net_chips: net } = row;
            if (seat !== null && Number.isSafeInteger(net)) match.netChips.set(seat, Number(net));
          }
          return null;
        default:
          return null;
      }
    },
  };
}

const fieldsOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** A turn tells every stack, and what was put in before it: together they are the stacks that the hand began with. */
function beginningOfTurn(
  state: JsonObject,
  { seat, history, at }: { seat: number | null; history: readonly HandAction[]; at: number },
): HandPieces['turn'] {
  const [own, others] = [wholeOf(state['your_stack']), chipsIn(state['opponent_stacks'])];
  if (seat === null || own === null || others === null || seat > others.length) return null;
  const stacks = others.toSpliced(seat, 0, own);
  const put = new Map<number, number>();
  const onStreet = new Map<string, number>();
  for (const { seat: actor, action, amount, street } of history) {
    if (stacks[actor] === undefined) return null;
    const key = `${street} ${actor}`;
    const before = onStreet.get(key) ?? 0;
    const added = action === 'raise' ? amount - before : amount;
    if (action !== 'post_ante') onStreet.set(key, before + added);
    put.set(actor, (put.get(actor) ?? 0) + added);
  }
  const before = stacks.map((chips, index) => chips + (put.get(index) ?? 0));
  const dealt = [...before.keys()].filter((index) => (before[index] ?? 0) > 0);
  return {
    at,
    dealerSeat: history.some(({ action }) => action === 'post_small_blind') ? dealerOf(history, dealt) : null,
    stacks: before,
    stacksAfterPosts: null,
    dealt: null,
  };
}
