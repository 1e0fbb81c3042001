/** One match, from waiting for its players to `match_end`: the table, the frames for each seat, and the end. */
import { createRandom } from '../../chance/random.js';
import type { Acted, MatchEnded, TableFact } from '../../holdem/facts.js';
import { createTable } from '../../holdem/table.js';
import type { MatchEnd } from '../../protocol/frames.js';
import type { Timer, Timers } from '../../time/timers.js';
import type { Journal } from '../memory/journal.js';
import type { JournalMatch, JournalMove } from '../memory/journal-digest.js';
import { journalOf } from '../memory/match-journal.js';
import type { ForcedEnd } from '../terms/disturbances.js';
import type { Player } from '../terms/players.js';
import type { EmitSandbox } from '../terms/sandbox-events.js';
import type { Settings } from '../terms/sandbox-options.js';
import type { Dialect } from '../wire/dialect.js';
import type { GatewaySeat } from './gateway-seat.js';
import { createBroadcast } from './match-broadcast.js';
import { abandonedKeys, brokenEnd, cancelledEnd, cappedKeys, completedEnd, gatewayEnd } from './match-end.js';
import { createForfeits } from './match-forfeits.js';
import { matchStart } from './match-frames.js';
import { keepLatest, newSeatRecord, type SeatRecord } from './match-record.js';
import { replayMoves } from './match-replay.js';
import { seatPlayers } from './match-seats.js';
import { createTurns } from './match-turns.js';
import type { Barred, MoveOutcome, Seat } from './seat.js';
import { turnResult } from './wire-of-hand.js';

const defaults = { keepErrors: 20 } as const;

export interface MatchRunOptions {
  matchId: string;
  players: readonly Player[];
  rated: boolean;
  decisionTimeoutMs: number;
  /** A token asked for the match, and not the platform: only such matches are announced with their clock. */
  isAskedFor: boolean;
  /** The seed of the cards. */
  seed: string;
  settings: Settings;
  dialect: Dialect;
  timers: Timers;
  emit: EmitSandbox;
  journal: Journal;
  /** Called with each fact of the table, also with those of an earlier run. */
  onFact: (fact: TableFact) => void;
  /** Given for a match of an earlier run of the platform; else they are made. */
  participantIds?: readonly string[];
  onEnded: (end: MatchEnd) => void;
}

export interface MatchRun {
  readonly matchId: string;
  readonly rated: boolean;
  readonly decisionTimeoutMs: number;
  /** Whether the clock is announced with the match. */
  readonly tellsClock: boolean;
  /** `dispatching`: it is not announced yet. `waiting`: for its players. */
  readonly state: 'dispatching' | 'waiting' | 'playing' | 'ended';
  /** The number of the current or last hand. */
  readonly hand: number;
  readonly seats: readonly Seat[];
  readonly remoteSeats: readonly GatewaySeat[];
  /** The last frame without its counters; null before the end. */
  readonly end: MatchEnd | null;
  /** Players may connect from now on; a match without remote players begins. */
  open(): void;
  /** Continues a match of an earlier run of the platform. Its players are away, and may come back. */
  restore(history: MatchHistory): void;
  /** Ends the match in a form that play does not lead to. */
  force(how: ForcedEnd): void;
  /** Stops without sending anything: the platform closes. To be called for a match that is over, too. */
  cut(): void;
}

/** What the journal knows of a match of an earlier run. */
export type MatchHistory = Pick<JournalMatch, 'hasBegun' | 'moves' | 'requestId'> & { end: MatchEnd | null };

export function createMatchRun(options: MatchRunOptions): MatchRun {
  const { matchId, players, rated, seed, settings, timers, emit, decisionTimeoutMs, onFact, onEnded } =
    options;
  // Taken out here: what keeps `options` would keep the bots of a match that is over.
  const { dialect, isAskedFor } = options;
  const { startingStack, smallBlind, bigBlind, ante, blindSchedule, maxHands } = settings;
  const random = createRandom(`reveal:${seed}`);
  const journal = journalOf({
    matchId,
    journal: options.journal,
    timers,
    guard: (where, run) => guard(where, run, undefined),
  });
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
    invertedRaises: settings.invertedRaises,
    table,
    timers,
    emit,
    journal,
    seatOf,
    recordOf,
    guard: (where, run) => guard(where, run, undefined),
    onPlayed: unfold,
    onUnresponsive(seatIndex, [played, ...rest]) {
      if (played?.type === 'acted') broadcast.send(turnResult(played));
      forfeits.forfeit(seatIndex, 'unresponsive');
      unfold(rest);
    },
  });
  const { seats, remoteSeats } = seatPlayers({
    ...options,
    observer: {
      onMove: (seat, move) => guard<MoveOutcome>('answer', () => turns.take(seat.index, move), 'unasked'),
      onGivenUp: (requestId) => guard('house bot', () => turns.giveUp(requestId), undefined),
      onFailed({ index, name }, hook, error) {
        keepLatest(recordOf(index).errors, `${hook} failed`, defaults.keepErrors);
        emit({ type: 'bot.failed', matchId, name, hook, error });
      },
      onPresent(seat, resumed) {
        emit({ type: 'seat.connected', matchId, botId: seat.botId, resumed });
        guard('seat', () => welcome(seat), undefined);
      },
      onAway(seat, code, reason) {
        guard('seat', () => miss(seat), undefined);
        emit({ type: 'seat.disconnected', matchId, botId: seat.botId, code, reason });
      },
      onLost: (seat, why) => guard('forfeit', () => lose(seat.index, why), undefined),
    },
  });
  const records = seats.map(({ name }) => newSeatRecord(name));
  const broadcast = createBroadcast(seats, dialect);
  const forfeits = createForfeits({
    matchId,
    table,
    seats,
    records,
    emit,
    journal,
    recordOf,
    playFor: (seatIndex) => turns.playFor(seatIndex),
    finish: (frame) => finish(frame),
  });
  let state: MatchRun['state'] = 'dispatching';
  let reveal: Timer | null = null;
  let end: MatchEnd | null = null;
  /** The end of a match that was played out in an earlier run. It may not have been sent to anybody. */
  let heldEnd: MatchEnded | null = null;
  let isReplaying = false;
  /** Whether the journal has the beginning of the match. */
  let beginning: 'no' | 'asked' | 'written' = 'no';

  function seatOf(seatIndex: number): Seat {
    return at(seats, seatIndex);
  }

  function recordOf(seatIndex: number): SeatRecord {
    return at(records, seatIndex);
  }

  /** A defect ends this match and nothing else. */
  function guard<T>(where: string, run: () => T, otherwise: T): T {
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
      return;
    }
    sendHeldEnd();
    forfeits.settle();
    if (state === 'playing' && heldEnd === null) seat.resume(turns.resume(seat.index));
  }

  function miss(seat: Seat): void {
    recordOf(seat.index).awaySince = timers.now();
    if (seat.isFirstAbsence) turns.pause(seat.index);
  }

  function lose(seatIndex: number, why: Barred): void {
    if (why === 'not_joined' || state !== 'playing') cancel();
    else forfeits.forfeit(seatIndex, why);
    sendHeldEnd();
  }

  function sendHeldEnd(): void {
    const isAwaited = remoteSeats.some(({ isPresent, barred }) => !isPresent && barred === null);
    if (heldEnd !== null && !isAwaited) sendFact(heldEnd);
  }

  // --- play ---

  function beginWhenComplete(): void {
    if (state !== 'waiting' || !seats.every(({ isPresent }) => isPresent)) return;
    if (beginning === 'written') begin();
    if (beginning !== 'no') return;
    beginning = 'asked';
    journal.begun(() => {
      beginning = 'written';
      // A player may have been lost while it was written.
      beginWhenComplete();
    });
  }

  function begin(): void {
    state = 'playing';
    emit({ type: 'match.started', matchId });
    if (state !== 'playing') return;
    for (const seat of seats) seat.send(matchStart(seat, seats, settings, decisionTimeoutMs));
    unfold(table.startHand());
  }

  /**
   * Sends what happened, then goes on. The acting seat gets it at once, the others after the reveal delay. Listeners
   * may end the match at any step.
   */
  function unfold(facts: readonly TableFact[]): void {
    for (const [index, fact] of facts.entries()) {
      if (state !== 'playing') return;
      onFact(fact);
      emit({ type: 'table.changed', matchId, event: fact });
      if (state !== 'playing') return;
      if (fact.type === 'acted') {
        const frame = turnResult(fact);
        seats[fact.seat]?.send(frame);
        later(() => {
          for (const seat of seats) if (seat.index !== fact.seat) seat.send(frame);
          unfold(facts.slice(index + 1));
        });
        return;
      }
      sendFact(fact);
    }
    if (table.turn === null) forfeits.settle();
    if (state !== 'playing') return;
    if (table.turn === null) unfold(table.startHand());
    else turns.open(table.turn);
  }

  function later(goOn: () => void): void {
    const [from, to] = settings.revealDelayMs;
    const delayMs = Math.round(from + random() * (to - from));
    if (delayMs === 0) goOn();
    else reveal = timers.after(delayMs, () => guard('reveal', goOn, undefined));
  }

  /** Sends what the seats get of it. */
  function sendFact(fact: Exclude<TableFact, Acted>): void {
    if (fact.type === 'matchEnded') {
      const isCapped = fact.standings.filter(({ stack }) => stack > 0).length > 1;
      finish({ ...completedEnd(fact, records), ...(isCapped && cappedKeys) });
      return;
    }
    if (fact.type === 'handStarted') for (const record of records) record.rejections = 0;
    broadcast.sendHand(fact);
    if (fact.type === 'handEnded' && !isReplaying)
      emit({ type: 'hand.ended', matchId, hand: fact.hand, stacks: [...fact.stacks] });
  }

  // --- an earlier run ---

  /** Replays the moves. The house bots get all frames again, but are not asked. */
  function replay(moves: readonly JournalMove[], requestId: string | null): void {
    isReplaying = true;
    for (const seat of seats) seat.send(matchStart(seat, seats, settings, decisionTimeoutMs));
    heldEnd = replayMoves(moves, {
      table,
      recordOf,
      onFact(fact) {
        onFact(fact);
        if (fact.type === 'acted') broadcast.send(turnResult(fact));
        else sendFact(fact);
      },
      onForfeit: ({ seat: seatIndex, why }) => forfeits.restore(seatIndex, why),
    });
    isReplaying = false;
    if (table.turn !== null) turns.open(table.turn, requestId ?? undefined);
    sendHeldEnd();
  }

  // --- the end ---

  function cancel(): void {
    if (state === 'ended') return;
    for (const seat of seats) {
      seat.warn('match_cancelled', 'Not every player connected within the allowed time.');
    }
    finish(cancelledEnd);
  }

  function finish(frame: MatchEnd, closeReason?: string): void {
    if (state === 'ended') return;
    end = { match_id: matchId, ...frame };
    stop();
    broadcast.send(frame);
    for (const seat of seats) seat.leave(closeReason);
    // Written after it was sent: a platform that is killed in between replays the last move, and comes to the same
    // end where a move has brought it about.
    journal.end(end);
    emit({ type: 'match.ended', matchId, end });
    onEnded(end);
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
    tellsClock: isAskedFor,
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
      guard('start', beginWhenComplete, undefined);
    },
    restore({ hasBegun, moves, requestId, end: knownEnd }) {
      if (knownEnd !== null) {
        state = 'ended';
        end = knownEnd;
      } else if (hasBegun) {
        state = 'playing';
        for (const seat of remoteSeats) seat.restore();
        guard('restore', () => replay(moves, requestId), undefined);
      } else {
        state = 'waiting';
        for (const seat of remoteSeats) seat.expect();
        guard('start', beginWhenComplete, undefined);
      }
    },
    force(how) {
      if (how === 'cancelled') cancel();
      else if (how === 'error') finish(brokenEnd);
      else if (how === 'gateway') finish(gatewayEnd, gatewayEnd.reason);
      else
        finish({ ...completedEnd(table.standings, records), ...abandonedKeys(remoteSeats[0]?.index ?? 0) });
    },
    cut() {
      if (state !== 'ended') {
        stop();
        for (const seat of seats) seat.leave();
      }
      journal.close();
    },
  };
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`There is no seat ${index}.`);
  return found;
}
