/** A match as one seat met it, made of its hands in the words that players saw (docs/protocol.md 4, 6 and 11). */

import type { HandHistory } from '../histories/hand-history.js';
import type { HandAction, TableFact } from '../holdem/facts.js';
import type { TableTurn } from '../holdem/table-types.js';
import type { JsonObject } from '../protocol/frames.js';
import { handFrames } from '../sandbox/match/hand-frames.js';
import { turnRequest } from '../sandbox/match/wire-of-hand.js';
import { watchHand } from './hand-moments.js';
import type { PlayedAnswer, ReplayHand, SeatMatch, SeatStep } from './replay-match.js';
import { UnplayableError, type UnplayedHand } from './unplayable.js';

export interface ReplaySeatTerms {
  /** The bot's seat. */
  seatIndex: number;
  /** How long each turn lasts, in milliseconds; no history tells it. */
  clockMs: number;
}

export interface RebuiltMatch {
  readonly match: SeatMatch;
  readonly unplayed: readonly UnplayedHand[];
}

/**
 * Frames of the hands of one match. A hand that our rules do not lead through is left out and told.
 *
 * @param hands of one match, in their order; one or more.
 */
export function matchOfHands(
  hands: readonly HandHistory[],
  { seatIndex, clockMs }: ReplaySeatTerms,
): RebuiltMatch {
  const matchId = hands[0]?.matchId ?? null;
  const names = namesIn(hands);
  const seatCount = Math.max(...hands.map(({ dealerSeat }) => dealerSeat), ...names.keys()) + 1;
  const built: ReplayHand[] = [];
  const unplayed: UnplayedHand[] = [];
  const standings = new Map<number, Standing>();
  for (const [index, hand] of hands.entries()) {
    const { handNumber } = hand;
    try {
      built.push(
        seatHandOf(hand, {
          seatIndex,
          clockMs,
          matchId: matchId ?? 'replay',
          seatCount,
          position: index + 1,
        }),
      );
      note(standings, hand);
    } catch (error) {
      if (!(error instanceof UnplayableError)) throw error;
      unplayed.push({ matchId, handNumber, code: error.code, why: error.message });
    }
  }
  const match: SeatMatch = {
    matchId,
    frames: 'rebuilt',
    seatIndex,
    seatName: names.get(seatIndex) ?? `seat ${seatIndex}`,
    opponents: [...names].flatMap(([seat, name]) => (seat === seatIndex ? [] : [name])),
    isUnderWay: false,
    opening: [{ type: 'frame', frame: startOf(hands, names, { seatIndex, clockMs }) }],
    hands: built,
    ending: endOfMatch(names, standings, built.length),
  };
  return { match, unplayed };
}

/** By seat, in their order. */
function namesIn(hands: readonly HandHistory[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const { seats } of hands)
    for (const { seat, name } of seats) if (!names.has(seat)) names.set(seat, name);
  return new Map([...names].toSorted(([a], [b]) => a - b));
}

interface HandTerms extends ReplaySeatTerms {
  matchId: string;
  /** Seats of the table. */
  seatCount: number;
  /** Among the hands of the match, from 1. */
  position: number;
}

function seatHandOf(
  hand: HandHistory,
  { seatIndex, clockMs, matchId, seatCount, position }: HandTerms,
): ReplayHand {
  const number = hand.handNumber ?? position;
  const { moments, chips } = watchHand(hand, { watched: seatIndex, number, seatCount });
  const frameOf = handFrames(() => `r_${matchId}_${number}`);
  const steps: SeatStep[] = [];
  let turns = 0;
  for (const moment of moments) {
    if (moment.type === 'fact') {
      const frame = frameOf(moment.fact, seatIndex);
      if (frame !== null) steps.push({ type: 'frame', frame: withoutCommitment(frame, moment.fact) });
      continue;
    }
    turns += 1;
    const requestId = `${matchId}-${position}.${turns}`;
    steps.push({
      type: 'ask',
      frame: askOf(moment.turn, requestId, clockMs),
      played: playedOf(moment.did),
    });
  }
  const own = hand.seats.find(({ seat }) => seat === seatIndex);
  // Whoever was not dealt in neither won nor lost.
  const [before, after] = own === undefined ? [0, 0] : [own.stack, own.stackAfter];
  return {
    handNumber: hand.handNumber,
    steps,
    net: before === null || after === null ? null : after - before,
    pot: hand.isFinished ? chips.pot : null,
    bigBlind: hand.level.bigBlind,
  };
}

/** The deadline is set when the turn is asked. */
function askOf(turn: TableTurn, requestId: string, clockMs: number): JsonObject & { request_id: string } {
  return { ...turnRequest(turn, { requestId, clockMs, deadline: 0 }) };
}

function playedOf({ action, amount, isTimeout }: HandAction): PlayedAnswer {
  return { action, amount: action === 'raise' ? amount : null, isOwn: !isTimeout };
}

/** The commitment to a deck that nobody knows is not told. */
function withoutCommitment(frame: JsonObject, fact: TableFact): JsonObject {
  const field = fact.type === 'handStarted' ? 'state' : fact.type === 'handEnded' ? 'result' : null;
  if (field === null) return frame;
  const { deck_commitment: _, ...told } = frame[field] as JsonObject;
  return { ...frame, [field]: told };
}

interface Standing {
  first: number;
  last: number;
  won: number;
}

function note(standings: Map<number, Standing>, { seats }: HandHistory): void {
  for (const { seat, stack, stackAfter } of seats) {
    const [before, after] = [stack ?? 0, stackAfter ?? stack ?? 0];
    const { first, won } = standings.get(seat) ?? { first: before, won: 0 };
    standings.set(seat, { first, last: after, won: won + (after > before ? 1 : 0) });
  }
}

function startOf(
  hands: readonly HandHistory[],
  names: ReadonlyMap<number, string>,
  { seatIndex, clockMs }: ReplaySeatTerms,
): JsonObject {
  const [first] = hands;
  const stacks = (first?.seats ?? []).map(({ stack }) => stack ?? 0);
  const { smallBlind = 0, bigBlind = 0, ante = 0 } = first?.level ?? {};
  return {
    type: 'match_start',
    seats: [...names].map(([seat, name]) => ({
      seat,
      display_name: name,
      participant_id: `seat-${seat}`,
      is_self: seat === seatIndex,
    })),
    game_config: {
      variant: 'nlhe',
      // All began with the same: what the table has does not change.
      starting_stack: Math.round(stacks.reduce((sum, stack) => sum + stack, 0) / Math.max(1, stacks.length)),
      small_blind: smallBlind,
      big_blind: bigBlind,
      ante,
      num_players: names.size,
    },
    turn_timeout_ms: clockMs,
    your_seat: seatIndex,
  };
}

function endOfMatch(
  names: ReadonlyMap<number, string>,
  standings: ReadonlyMap<number, Standing>,
  hands: number,
): JsonObject {
  return {
    type: 'match_end',
    reason: 'complete',
    results: [...names].map(([seat, name]) => {
      const { first, last, won } = standings.get(seat) ?? { first: 0, last: 0, won: 0 };
      return { seat, name, net_chips: last - first, hands_won: won, final_stack: last };
    }),
    total_hands_played: hands,
    terminal_status: 'completed',
  };
}
