/** The turns of a match: at most one is open, with a clock, until its seat or the platform has played it. */
import { randomUUID } from 'node:crypto';
import type { TableFact } from '../../holdem/facts.js';
import { IllegalActionError } from '../../holdem/illegal-action.js';
import type { Table, TableTurn } from '../../holdem/table-types.js';
import type { TurnRequest } from '../../protocol/frames.js';
import { safeAction } from '../../protocol/safe-action.js';
import { type PausableClock, startPausableClock } from '../../time/pausable-clock.js';
import type { Timers } from '../../time/timers.js';
import type { MatchJournal } from '../memory/match-journal.js';
import type { EmitSandbox } from '../terms/sandbox-events.js';
import { actionRejected } from './match-frames.js';
import { keepLatest, type SeatRecord } from './match-record.js';
import type { Move, MoveOutcome, Seat } from './seat.js';
import { turnRequest } from './wire-of-hand.js';

const defaults = {
  /** After so many substituted turns in a row a seat forfeits the match (docs/protocol.md 4). */
  maxSubstitutions: 15,
  /** How many illegal answers of a seat in a hand are rejected; further ones count as violations of the rate limit. */
  maxRejectionsPerHand: 5,
  keepLatencySamples: 1_000,
  keepErrors: 20,
  /** The last digits of a UUID, which are random. */
  requestIdDigits: 12,
} as const;

export interface TurnsOptions {
  matchId: string;
  decisionTimeoutMs: number;
  /** A short stack is told a least raise above its chips, and may not raise to that. */
  invertedRaises: boolean;
  table: Table;
  timers: Timers;
  emit: EmitSandbox;
  journal: MatchJournal;
  seatOf: (seatIndex: number) => Seat;
  recordOf: (seatIndex: number) => SeatRecord;
  /** Runs the callback of a timer; a defect ends only this match. */
  guard: (where: string, run: () => void) => void;
  /** Called after each action, of the seat or of the platform. */
  onPlayed: (facts: readonly TableFact[]) => void;
  /** Called when the platform has played too often for this seat. The last action counts, but was not sent yet. */
  onUnresponsive: (seatIndex: number, facts: readonly TableFact[]) => void;
}

export interface Turns {
  /** The seat of the open turn; null without one. */
  readonly seatIndex: number | null;
  /** @param requestId of a turn that was open in an earlier run of the platform. */
  open(turn: TableTurn, requestId?: string): void;
  take(seatIndex: number, move: Move): MoveOutcome;
  /** Plays for the seat in turn if this is its open turn. */
  giveUp(requestId: string): void;
  /** Plays for this seat now if it is in turn. */
  playFor(seatIndex: number): void;
  /** Pauses the clock while the seat is away for the first time. */
  pause(seatIndex: number): void;
  /** Resumes the clock of a seat that is back. Returns its open turn with what is left of the clock, or null. */
  resume(seatIndex: number): TurnRequest | null;
  /** Ends the open turn without an action. No other turn is opened afterwards. */
  close(): void;
}

interface OpenTurn {
  readonly request: TurnRequest & { seat: number };
  readonly clock: PausableClock;
}

export function createTurns(options: TurnsOptions): Turns {
  const { matchId, decisionTimeoutMs, table, timers, emit, seatOf, recordOf, guard } = options;
  let current: OpenTurn | null = null;
  /** Listeners may end the match at any event. */
  let closed = false;

  function open(onTable: TableTurn, requestId = newRequestId()): void {
    options.journal.turn(requestId, () => {
      if (!closed) ask(onTable, requestId);
    });
  }

  function ask(onTable: TableTurn, requestId: string): void {
    const { seat: seatIndex } = onTable;
    const deadline = timers.now() + decisionTimeoutMs;
    const request = turnRequest(onTable, {
      requestId,
      clockMs: decisionTimeoutMs,
      deadline,
      invertedRaises: options.invertedRaises,
    });
    const turn: OpenTurn = {
      request,
      clock: startPausableClock(decisionTimeoutMs, timers, () => guard('turn clock', () => substitute(turn))),
    };
    if (seatOf(seatIndex).isFirstAbsence) turn.clock.pause();
    current = turn;
    emit({ type: 'turn.opened', matchId, seat: seatIndex, requestId, clockMs: decisionTimeoutMs });
    if (closed) return;
    // A seat that has forfeited is not asked any more.
    if (recordOf(seatIndex).forfeited === null) seatOf(seatIndex).ask(request, onTable);
    else substitute(turn);
  }

  function end({ request, clock }: OpenTurn): void {
    clock.cancel();
    current = null;
    recordOf(request.seat).lastRequestId = request.request_id;
    seatOf(request.seat).closeTurn(request.request_id);
  }

  function take(seatIndex: number, move: Move): MoveOutcome {
    const turn = current?.request.seat === seatIndex ? current : null;
    if (move.kind === 'action' && move.requestId !== turn?.request.request_id) {
      if (recordOf(seatIndex).lastRequestId === move.requestId) {
        rejectDuplicate(seatIndex, move);
        return 'unasked';
      }
      if (turn !== null) return reject(turn, move.action, 'The action is for another request_id.');
    }
    if (turn === null) return 'unasked';
    if (move.kind === 'unreadable') {
      substitute(turn);
      return 'substituted';
    }
    if (move.kind === 'noAction') return reject(turn, '', 'The frame holds no action.');
    if (options.invertedRaises && isAboveStack(move, turn.request)) {
      return reject(turn, move.action, 'The raise is above the stack.');
    }
    const latencyMs = decisionTimeoutMs - turn.clock.leftMs;
    let facts: TableFact[];
    try {
      facts = table.act(move);
    } catch (error) {
      if (!(error instanceof IllegalActionError)) throw error;
      return reject(turn, move.action, error.message);
    }
    const record = recordOf(seatIndex);
    keepLatest(record.latenciesMs, latencyMs, defaults.keepLatencySamples);
    record.substitutions = 0;
    end(turn);
    options.journal.act(move, false, () => options.onPlayed(facts));
    return 'accepted';
  }

  function rejectDuplicate(
    seatIndex: number,
    { requestId, action }: Extract<Move, { kind: 'action' }>,
  ): void {
    const reason = `Duplicate action for ${requestId}: this decision was taken already.`;
    seatOf(seatIndex).send(actionRejected({ requestId, action, reason, remainingMs: 0, validActions: [] }));
  }

  function reject({ request, clock }: OpenTurn, action: string, reason: string): MoveOutcome {
    const { seat: seatIndex, request_id: requestId, valid_actions: validActions } = request;
    const record = recordOf(seatIndex);
    keepLatest(record.errors, reason, defaults.keepErrors);
    record.rejections += 1;
    if (record.rejections > defaults.maxRejectionsPerHand) return 'tooMany';
    seatOf(seatIndex).send(
      actionRejected({ requestId, action, reason, remainingMs: clock.leftMs, validActions }),
    );
    emit({ type: 'turn.rejected', matchId, seat: seatIndex, requestId, reason });
    return 'rejected';
  }

  /** Plays for a seat that did not answer (docs/protocol.md 4). */
  function substitute(turn: OpenTurn): void {
    const { seat: seatIndex, request_id: requestId, valid_actions: validActions } = turn.request;
    const record = recordOf(seatIndex);
    const action = safeAction(validActions);
    end(turn);
    const facts = table.act({ action }, { isTimeout: true });
    options.journal.act({ action }, true, () => {
      if (closed) return;
      emit({ type: 'turn.substituted', matchId, seat: seatIndex, requestId, action });
      if (closed) return;
      seatOf(seatIndex).playedFor(requestId, action);
      record.substitutions += 1;
      if (record.forfeited === null && record.substitutions >= defaults.maxSubstitutions) {
        options.onUnresponsive(seatIndex, facts);
      } else {
        options.onPlayed(facts);
      }
    });
  }

  return {
    get seatIndex() {
      return current?.request.seat ?? null;
    },
    open,
    take,
    giveUp(requestId) {
      if (current?.request.request_id === requestId) substitute(current);
    },
    playFor(seatIndex) {
      if (current?.request.seat === seatIndex) substitute(current);
    },
    pause(seatIndex) {
      if (current?.request.seat === seatIndex) current.clock.pause();
    },
    resume(seatIndex) {
      if (current?.request.seat !== seatIndex) return null;
      current.clock.resume();
      const leftMs = current.clock.leftMs;
      return { ...current.request, timeout_ms: leftMs, deadline_ts: timers.now() + leftMs };
    },
    close() {
      closed = true;
      if (current !== null) end(current);
    },
  };
}

function newRequestId(): string {
  return `req_${randomUUID().slice(-defaults.requestIdDigits)}`;
}

function isAboveStack(
  { action, params }: Extract<Move, { kind: 'action' }>,
  { state }: TurnRequest,
): boolean {
  return action === 'raise' && Number(params?.['amount']) > Number(state['max_raise']);
}
