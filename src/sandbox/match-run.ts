/** One match from the first seat that is awaited to `match_end`: the table, the turn clock and who is told what. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { MatchEnd, TurnRequest, WireAction } from '../protocol/frames.js';
import { safeAction } from '../protocol/safe-action.js';
import type { Emit, ForfeitReason } from './events.js';
import {
  brokenEnd,
  cancelledEnd,
  completedEnd,
  forfeitKeys,
  forfeitStandings,
  type SeatRecord,
} from './match-end.js';
import { actionRejected, matchStart, turnResult } from './match-frames.js';
import { seatPlayers } from './match-seats.js';
import type { Settings } from './options.js';
import type { Player } from './players.js';
import { createRandom } from './random.js';
import type { GameFrame, Seat, Taken } from './seat.js';
import type { RemoteSeat } from './seat-remote.js';
import { createTable, IllegalActionError, type TableEvent, type TableTurn } from './table.js';
import type { Timer, Timers } from './timers.js';
import { startTurnClock, type TurnClock } from './turn-clock.js';

const defaults = {
  /** So many turns in a row that the platform had to play lose the match (docs/protocol.md 4). */
  maxSubstitutions: 15,
  /** Rejected answers of one seat in one hand; the turn of the last one is played for it. */
  maxRejectionsPerHand: 5,
  keepLatencySamples: 1_000,
  keepErrors: 20,
  requestIdBytes: 6,
} as const;

export interface MatchRunOptions {
  matchId: string;
  players: readonly Player[];
  rated: boolean;
  /** Deals this match. */
  seed: string;
  settings: Settings;
  timers: Timers;
  emit: Emit;
  onEnded(end: MatchEnd): void;
}

export interface MatchRun {
  readonly matchId: string;
  readonly rated: boolean;
  readonly state: 'waiting' | 'playing' | 'ended';
  /** The number of the hand in play or played last. */
  readonly hand: number;
  readonly seats: readonly Seat[];
  readonly remoteSeats: readonly RemoteSeat[];
  /** The last frame without counters; null while the match goes on. */
  readonly end: MatchEnd | null;
  /** Stops without a word to anybody: the platform closes. */
  cut(): void;
}

/** What a match keeps of a seat. */
interface SeatHistory extends SeatRecord {
  handsWon: number;
  /** In the hand in play. */
  rejections: number;
  /** In a row. */
  substitutions: number;
  /** Its last turn that is over. */
  lastRequestId: string;
}

interface OpenTurn {
  readonly request: TurnRequest & { seat: number };
  readonly clock: TurnClock;
}

export function createMatchRun(options: MatchRunOptions): MatchRun {
  const { matchId, players, rated, seed, settings, timers, emit } = options;
  const { startingStack, smallBlind, bigBlind, maxHands, decisionTimeoutMs } = settings;
  const random = createRandom(`reveal:${seed}`);
  const table = createTable({ seats: players.length, startingStack, smallBlind, bigBlind, maxHands, seed });
  const { seats, remoteSeats } = seatPlayers({
    ...options,
    answerOf: (seat) => (requestId, action) =>
      contain<Taken>('answer', () => take(seat, requestId, action), 'unknown'),
    onGivenUp: (requestId) =>
      contain('house bot', () => turn?.request.request_id === requestId && substitute(turn), false),
    onBotFailed: (seat, hook) => keep(recordOf(seat).errors, `${hook} failed`, defaults.keepErrors),
    onPresent: (seat) => contain('seat', () => welcome(seat), undefined),
    onAway: (seat) => contain('seat', () => standStill(seat), undefined),
    onLost: (seat, why) => contain('forfeit', () => forfeit(seat, why), undefined),
  });
  const records = seats.map(({ name }) => newRecord(name));
  let state: MatchRun['state'] = 'waiting';
  let roundId = '';
  let handsPlayed = 0;
  let turn: OpenTurn | null = null;
  let reveal: Timer | null = null;
  let end: MatchEnd | null = null;

  function recordOf(seat: number): SeatHistory {
    const record = records[seat];
    if (record === undefined) throw new RangeError(`There is no seat ${seat}.`);
    return record;
  }

  /** A defect ends this match and nothing else. */
  function contain<T>(where: string, run: () => T, otherwise: T): T {
    try {
      return run();
    } catch (error) {
      emit({ type: 'platform.fault', where, error });
      finish(brokenEnd);
      return otherwise;
    }
  }

  // --- seats ---

  function welcome(seat: Seat): void {
    if (state === 'waiting') {
      if (seats.every(({ isPresent }) => isPresent)) begin();
    } else if (turn?.request.seat === seat.index) {
      turn.clock.resume();
      const leftMs = turn.clock.leftMs;
      seat.ask({ ...turn.request, timeout_ms: leftMs, deadline_ts: timers.now() + leftMs });
    }
  }

  function standStill(seat: Seat): void {
    if (turn?.request.seat === seat.index && seat.isFirstAbsence) turn.clock.pause();
  }

  function tellAll(frame: GameFrame): void {
    for (const seat of seats) seat.tell(frame);
  }

  // --- play ---

  function begin(): void {
    state = 'playing';
    emit({ type: 'match.started', matchId });
    for (const seat of seats) seat.tell(matchStart(seat, seats, settings));
    unfold(table.startHand());
  }

  /** Tells what happened, then goes on. Who acted learns of it at once, the others after the reveal delay. */
  function unfold(events: readonly TableEvent[]): void {
    for (const [index, event] of events.entries()) {
      if (event.type === 'acted') {
        const frame = turnResult(event);
        seats[event.seat]?.tell(frame);
        later(() => {
          for (const seat of seats) if (seat.index !== event.seat) seat.tell(frame);
          unfold(events.slice(index + 1));
        });
        return;
      }
      tellEvent(event);
    }
    if (state === 'ended') return;
    if (table.turn === null) unfold(table.startHand());
    else openTurn(table.turn);
  }

  function later(goOn: () => void): void {
    const [from, to] = settings.revealDelayMs;
    const delayMs = Math.round(from + random() * (to - from));
    if (delayMs === 0) goOn();
    else reveal = timers.after(delayMs, () => contain('reveal', goOn, undefined));
  }

  function tellEvent(event: Exclude<TableEvent, { type: 'acted' }>): void {
    switch (event.type) {
      case 'handStarted':
        roundId = `r_${randomUUID()}`;
        for (const record of records) record.rejections = 0;
        for (const seat of seats) {
          seat.tell({
            type: 'round_start',
            round_id: roundId,
            round_number: event.hand,
            state: event.stateFor(seat.index),
          });
        }
        return;
      case 'phaseChanged':
        tellAll({ type: 'phase_change', state: event.state });
        return;
      case 'handEnded': {
        const { stacks, winner_seats: winners } = event.result as {
          stacks: number[];
          winner_seats: number[];
        };
        handsPlayed = event.hand;
        for (const winner of winners) recordOf(winner).handsWon += 1;
        tellAll({ type: 'round_result', round_id: roundId, round_number: event.hand, result: event.result });
        emit({ type: 'hand.ended', matchId, hand: event.hand, stacks: [...stacks] });
        return;
      }
      case 'matchEnded': {
        const isLimit = event.standings.filter(({ stack }) => stack > 0).length > 1;
        finish({ ...completedEnd(event, records), ...(isLimit && { safety_limit_reached: true }) });
      }
    }
  }

  // --- turns ---

  function openTurn({ seat, validActions, state: view }: TableTurn): void {
    const request: OpenTurn['request'] = {
      type: 'turn_request',
      seat,
      request_id: `req_${randomBytes(defaults.requestIdBytes).toString('hex')}`,
      timeout_ms: decisionTimeoutMs,
      turn_duration_ms: decisionTimeoutMs,
      deadline_ts: timers.now() + decisionTimeoutMs,
      valid_actions: validActions,
      state: view,
    };
    const opened: OpenTurn = {
      request,
      clock: startTurnClock(decisionTimeoutMs, timers, () =>
        contain('turn clock', () => substitute(opened), undefined),
      ),
    };
    if (seats[seat]?.isFirstAbsence) opened.clock.pause();
    turn = opened;
    seats[seat]?.ask(request);
    emit({ type: 'turn.opened', matchId, seat, requestId: request.request_id });
  }

  function closeTurn({ request, clock }: OpenTurn): void {
    clock.cancel();
    turn = null;
    recordOf(request.seat).lastRequestId = request.request_id;
    seats[request.seat]?.closeTurn(request.request_id);
  }

  function take(seat: number, requestId: string, action: WireAction): Taken {
    const open = turn;
    const record = recordOf(seat);
    if (open === null || open.request.seat !== seat || open.request.request_id !== requestId) {
      if (record.lastRequestId !== requestId) return 'unknown';
      seats[seat]?.tell(
        actionRejected({
          requestId,
          action,
          reason: 'duplicate_action',
          message: 'Duplicate action: this turn is over.',
          remainingMs: 0,
          validActions: [],
        }),
      );
      return 'late';
    }
    const latencyMs = decisionTimeoutMs - open.clock.leftMs;
    let events: TableEvent[];
    try {
      events = table.act(action);
    } catch (error) {
      if (!(error instanceof IllegalActionError)) throw error;
      reject(open, action, error);
      return 'rejected';
    }
    keep(record.latenciesMs, latencyMs, defaults.keepLatencySamples);
    record.substitutions = 0;
    closeTurn(open);
    unfold(events);
    return 'accepted';
  }

  function reject(open: OpenTurn, action: WireAction, { reason, message }: IllegalActionError): void {
    const { seat, request_id: requestId, valid_actions: validActions } = open.request;
    const record = recordOf(seat);
    keep(record.errors, message, defaults.keepErrors);
    record.rejections += 1;
    const remainingMs = open.clock.leftMs;
    seats[seat]?.tell(actionRejected({ requestId, action, reason, message, remainingMs, validActions }));
    emit({ type: 'turn.rejected', matchId, seat, requestId, reason });
    if (record.rejections >= defaults.maxRejectionsPerHand) substitute(open);
  }

  /** Plays for a seat that did not (docs/protocol.md 4). */
  function substitute(open: OpenTurn): void {
    const { seat, request_id: requestId, valid_actions: validActions } = open.request;
    const record = recordOf(seat);
    const action = safeAction(validActions);
    closeTurn(open);
    emit({ type: 'turn.substituted', matchId, seat, requestId, action });
    record.substitutions += 1;
    const events = table.act({ action }, { isTimeout: true });
    if (record.substitutions < defaults.maxSubstitutions) {
      unfold(events);
      return;
    }
    for (const event of events) if (event.type === 'acted') tellAll(turnResult(event));
    forfeit(seat, 'unresponsive');
  }

  // --- the end ---

  function forfeit(seat: number, why: ForfeitReason): void {
    if (state === 'waiting') {
      finish(cancelledEnd);
      return;
    }
    const standings = forfeitStandings(
      seat,
      records.map(({ handsWon }) => handsWon),
      startingStack,
      handsPlayed,
    );
    const winner = standings.finishingOrder[0]?.seat ?? 0;
    finish({ ...completedEnd(standings, records), ...forfeitKeys(seat, winner, why) });
  }

  function finish(frame: MatchEnd): void {
    if (state === 'ended') return;
    end = { match_id: matchId, ...frame };
    stop();
    tellAll(frame);
    for (const seat of seats) seat.leave();
    emit({ type: 'match.ended', matchId, end });
    options.onEnded(end);
  }

  function stop(): void {
    state = 'ended';
    reveal?.cancel();
    if (turn !== null) closeTurn(turn);
  }

  return {
    matchId,
    rated,
    get state() {
      return state;
    },
    get hand() {
      return table.hand;
    },
    seats,
    remoteSeats,
    get end() {
      return end;
    },
    cut() {
      stop();
      for (const seat of seats) seat.leave();
    },
  };
}

function newRecord(name: string): SeatHistory {
  return {
    name,
    errors: [],
    latenciesMs: [],
    handsWon: 0,
    rejections: 0,
    substitutions: 0,
    lastRequestId: '',
  };
}

/** Appends, and forgets the oldest beyond the limit. */
function keep<T>(list: T[], value: T, limit: number): void {
  list.push(value);
  if (list.length > limit) list.shift();
}
