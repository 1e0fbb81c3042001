/** One match from the first seat that is awaited to `match_end`: the table, who is told what, and how it ends. */
import { randomUUID } from 'node:crypto';
import type { MatchEnd } from '../protocol/frames.js';
import type { Dialect } from './dialect.js';
import type { Emit, ForfeitReason } from './events.js';
import {
  abandonedKeys,
  brokenEnd,
  cancelledEnd,
  cappedKeys,
  completedEnd,
  disconnectedKeys,
  forfeitKeys,
  gatewayEnd,
  unresponsiveKeys,
} from './match-end.js';
import { matchStart, turnResult } from './match-frames.js';
import { keepLatest, newSeatRecord, type SeatRecord } from './match-record.js';
import { seatPlayers } from './match-seats.js';
import { createTurns } from './match-turns.js';
import type { Settings } from './options.js';
import type { Player } from './players.js';
import { createRandom } from './random.js';
import type { GameFrame, Seat, Taken } from './seat.js';
import type { Barred, RemoteSeat } from './seat-remote.js';
import { createTable, type TableEvent } from './table.js';
import type { Timer, Timers } from './timers.js';

const defaults = {
  keepErrors: 20,
  /** Seats that drop within this time dropped together. */
  simultaneousMs: 1_000,
} as const;

export interface MatchRunOptions {
  matchId: string;
  players: readonly Player[];
  rated: boolean;
  decisionTimeoutMs: number;
  /** Deals this match. */
  seed: string;
  settings: Settings;
  dialect: Dialect;
  timers: Timers;
  emit: Emit;
  onEnded(end: MatchEnd): void;
}

/** How a match can be ended from outside, as the platform's own troubles end it. */
export type ForcedEnd = 'cancelled' | 'error' | 'gateway' | 'abandoned';

export interface MatchRun {
  readonly matchId: string;
  readonly rated: boolean;
  readonly decisionTimeoutMs: number;
  /** `dispatching`: nobody was told of it. `waiting`: for its players. */
  readonly state: 'dispatching' | 'waiting' | 'playing' | 'ended';
  /** The number of the hand in play or played last. */
  readonly hand: number;
  readonly seats: readonly Seat[];
  readonly remoteSeats: readonly RemoteSeat[];
  /** The last frame without counters; null while the match goes on. */
  readonly end: MatchEnd | null;
  /** Players may come from now on; a match without remote ones begins. */
  open(): void;
  /** Ends it for everybody, in a form that play does not lead to. */
  force(how: ForcedEnd): void;
  /** Stops without a word to anybody: the platform closes. */
  cut(): void;
}

export function createMatchRun(options: MatchRunOptions): MatchRun {
  const { matchId, players, rated, seed, settings, timers, emit, decisionTimeoutMs } = options;
  const { startingStack, smallBlind, bigBlind, ante, blindSchedule, maxHands } = settings;
  const random = createRandom(`reveal:${seed}`);
  const table = createTable({
    seats: players.length,
    startingStack,
    smallBlind,
    bigBlind,
    ante,
    blindSchedule,
    maxHands,
    seed,
  });
  const turns = createTurns({
    matchId,
    decisionTimeoutMs,
    table,
    timers,
    emit,
    seatOf,
    recordOf,
    contain: (where, run) => contain(where, run, undefined),
    onPlayed: unfold,
    onUnresponsive(seat, [played, ...rest]) {
      if (played?.type === 'acted') tellAll(turnResult(played));
      forfeit(seat, 'unresponsive');
      if (state === 'playing') unfold(rest);
    },
  });
  const { seats, remoteSeats } = seatPlayers({
    ...options,
    answerOf: (seat) => (move) => contain<Taken>('answer', () => turns.take(seat, move), 'unasked'),
    onGivenUp: (requestId) => contain('house bot', () => turns.giveUp(requestId), undefined),
    onBotFailed: (seat, hook) => keepLatest(recordOf(seat).errors, `${hook} failed`, defaults.keepErrors),
    onPresent: (seat) => contain('seat', () => welcome(seat), undefined),
    onAway: (seat) => contain('seat', () => miss(seat), undefined),
    onLost: (seat, why) => contain('forfeit', () => lose(seat, why), undefined),
  });
  const records = seats.map(({ name }) => newSeatRecord(name));
  let state: MatchRun['state'] = 'dispatching';
  let roundId = '';
  /** Before the hand in play. */
  let stacks = seats.map(() => startingStack);
  let reveal: Timer | null = null;
  let end: MatchEnd | null = null;

  function seatOf(seat: number): Seat {
    return at(seats, seat);
  }

  function recordOf(seat: number): SeatRecord {
    return at(records, seat);
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
      beginWhenComplete();
    } else {
      awardLastOne();
      if (state === 'playing') seat.resume(turns.resume(seat.index));
    }
  }

  function miss(seat: Seat): void {
    recordOf(seat.index).awaySince = timers.now();
    if (seat.isFirstAbsence) turns.pause(seat.index);
  }

  function lose(seat: number, why: Barred): void {
    if (why === 'not_joined' || state !== 'playing') cancel();
    else forfeit(seat, why);
  }

  function tellAll(frame: GameFrame): void {
    for (const seat of seats) seat.tell(frame);
  }

  // --- play ---

  function beginWhenComplete(): void {
    if (!seats.every(({ isPresent }) => isPresent)) return;
    state = 'playing';
    emit({ type: 'match.started', matchId });
    for (const seat of seats) seat.tell(matchStart(seat, seats, settings, decisionTimeoutMs));
    unfold(table.startHand());
  }

  /** Tells what happened, then goes on. Who acted learns of it at once, the others after the reveal delay. */
  function unfold(events: readonly TableEvent[]): void {
    for (const [index, event] of events.entries()) {
      emit({ type: 'table.changed', matchId, event });
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
    if (state !== 'playing') return;
    if (table.turn === null) unfold(table.startHand());
    else turns.open(table.turn);
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
        stacks = table.stacks;
        tellAll({ type: 'round_result', round_id: roundId, round_number: event.hand, result: event.result });
        emit({ type: 'hand.ended', matchId, hand: event.hand, stacks: [...stacks] });
        return;
      }
      case 'matchEnded': {
        const isCapped = event.standings.filter(({ stack }) => stack > 0).length > 1;
        finish({ ...completedEnd(event, records), ...(isCapped && cappedKeys) });
      }
    }
  }

  // --- forfeits ---

  /** Seats that are in the match and play themselves. */
  function contenders(): Seat[] {
    return seats.filter(({ index }) => recordOf(index).forfeited === null && (stacks[index] ?? 0) > 0);
  }

  function forfeit(seat: number, why: ForfeitReason): void {
    const record = recordOf(seat);
    if (record.forfeited !== null || (stacks[seat] ?? 0) === 0) return;
    record.forfeited = why;
    emit({ type: 'seat.forfeited', matchId, seat, reason: why });
    const left = contenders();
    const [rival] = left;
    if (left.length > 1) {
      turns.playFor(seat);
    } else if (rival === undefined) {
      finish({ ...completedEnd(table.standings, records), ...nobodyLeft(seat) });
    } else if (why === 'unresponsive' && recordOf(rival.index).substitutions > 0) {
      finish({ ...completedEnd(table.standings, records), ...unresponsiveKeys(seat) });
    } else {
      awardLastOne();
      if (state === 'playing') turns.playFor(seat);
    }
  }

  /** One that is away may still come back, or stay away until everybody has lost. */
  function awardLastOne(): void {
    const [winner, ...others] = contenders();
    if (winner === undefined || others.length > 0 || !winner.isPresent) return;
    const loser = records.findLastIndex(({ forfeited }) => forfeited !== null);
    const why = records[loser]?.forfeited ?? null;
    if (why === null) return;
    finish({
      ...completedEnd(table.award(winner.index), records),
      ...forfeitKeys(loser, winner.index, why),
    });
  }

  function nobodyLeft(last: number): Partial<MatchEnd> {
    const gone = records.filter((_, seat) => seats[seat]?.isPresent === false);
    if (records[last]?.forfeited === 'unresponsive') return unresponsiveKeys(last);
    const times = gone.map(({ awaySince }) => awaySince);
    return disconnectedKeys(Math.max(...times) - Math.min(...times) <= defaults.simultaneousMs);
  }

  // --- the end ---

  function cancel(): void {
    for (const seat of seats) {
      seat.warn('match_cancelled', 'Not every player connected within the allowed time.');
    }
    finish(cancelledEnd);
  }

  function finish(frame: MatchEnd, closeReason?: string): void {
    if (state === 'ended') return;
    end = { match_id: matchId, ...frame };
    stop();
    tellAll(frame);
    for (const seat of seats) seat.leave(closeReason);
    emit({ type: 'match.ended', matchId, end });
    options.onEnded(end);
  }

  function stop(): void {
    state = 'ended';
    reveal?.cancel();
    turns.close();
  }

  return {
    matchId,
    rated,
    decisionTimeoutMs,
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
    open() {
      if (state !== 'dispatching') return;
      state = 'waiting';
      for (const seat of remoteSeats) seat.expect();
      contain('start', beginWhenComplete, undefined);
    },
    force(how) {
      if (how === 'cancelled') cancel();
      else if (how === 'error') finish(brokenEnd);
      else if (how === 'gateway') finish(gatewayEnd, gatewayEnd.reason);
      else
        finish({ ...completedEnd(table.standings, records), ...abandonedKeys(remoteSeats[0]?.index ?? 0) });
    },
    cut() {
      stop();
      for (const seat of seats) seat.leave();
    },
  };
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`There is no seat ${index}.`);
  return found;
}
