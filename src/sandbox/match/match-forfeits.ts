/** Seats that forfeit a match, and the end of the match when one or none is left. */

import type { Table } from '../../holdem/table-types.js';
import type { MatchEnd } from '../../protocol/frames.js';
import type { MatchJournal } from '../memory/match-journal.js';
import type { EmitSandbox, ForfeitReason } from '../terms/sandbox-events.js';
import { completedEnd, disconnectedKeys, forfeitKeys, unresponsiveKeys } from './match-end.js';
import type { SeatRecord } from './match-record.js';
import type { Seat } from './seat.js';

const defaults = {
  /** Seats that drop within this time count as simultaneous. */
  simultaneousMs: 1_000,
} as const;

export interface ForfeitsOptions {
  matchId: string;
  table: Table;
  seats: readonly Seat[];
  records: readonly SeatRecord[];
  emit: EmitSandbox;
  journal: MatchJournal;
  recordOf: (seatIndex: number) => SeatRecord;
  /** Plays the open turn of a seat that has forfeited. */
  playFor: (seatIndex: number) => void;
  finish: (end: MatchEnd) => void;
}

export interface Forfeits {
  /** Takes the seat out of the match; does nothing if it has lost already, or the match is played out. */
  forfeit(seatIndex: number, why: ForfeitReason): void;
  /** Restores a forfeit of an earlier run of the platform. */
  restore(seatIndex: number, why: ForfeitReason): void;
  /** Ends the match if forfeits have left one player or none. To be called when a hand is over or a seat is back. */
  settle(): void;
}

export function createForfeits(options: ForfeitsOptions): Forfeits {
  const { matchId, table, seats, records, emit, journal, recordOf, playFor, finish } = options;
  /** In the order of the forfeits. */
  const forfeited: Seat[] = [];
  /** Those, and seats whose forfeit is still to be written. */
  const leaving = new Set<Seat>();

  /** Whether the seat is still in the match, also with all its chips in the pot. */
  function hasChips({ index }: Seat): boolean {
    return (table.standings.standings[index]?.stack ?? 0) > 0;
  }

  /** Seats that are in the match and have not forfeited. */
  function contenders(): Seat[] {
    return seats.filter((seat) => !forfeited.includes(seat) && hasChips(seat));
  }

  function forfeit(seatIndex: number, why: ForfeitReason): void {
    const seat = seats[seatIndex];
    // A match that is played out is decided, even if its last hand was not sent to everybody yet.
    if (table.over || seat === undefined || leaving.has(seat) || !hasChips(seat)) return;
    leaving.add(seat);
    journal.forfeit(seatIndex, why, () => leave(seat, why));
  }

  function leave(seat: Seat, why: ForfeitReason): void {
    const { index: seatIndex } = seat;
    recordOf(seatIndex).forfeited = why;
    forfeited.push(seat);
    emit({ type: 'seat.forfeited', matchId, seat: seatIndex, reason: why });
    const [rival, ...others] = contenders();
    const isRivalSilent = rival !== undefined && recordOf(rival.index).substitutions > 0;
    if (why === 'unresponsive' && isRivalSilent && others.length === 0) {
      finish({ ...completedEnd(table.standings, records), ...unresponsiveKeys(seatIndex) });
    } else {
      settle();
    }
    playFor(seatIndex);
  }

  function restore(seatIndex: number, why: ForfeitReason): void {
    const seat = seats[seatIndex];
    if (seat === undefined) return;
    recordOf(seatIndex).forfeited = why;
    forfeited.push(seat);
    leaving.add(seat);
  }

  function settle(): void {
    const loser = forfeited.findLast(hasChips);
    const why = loser && recordOf(loser.index).forfeited;
    if (table.over || !loser || !why) return;
    const [winner, ...others] = contenders();
    if (others.length > 0) return;
    if (winner === undefined) {
      finish({ ...completedEnd(table.standings, records), ...nobodyLeft(loser.index, why) });
    } else if (winner.isPresent) {
      const keys = forfeitKeys(loser.index, winner.index, why);
      finish({ ...completedEnd(table.award(winner.index), records), ...keys });
    }
    // Otherwise the winner is away: it may come back, or stay away until everybody has lost.
  }

  function nobodyLeft(last: number, why: ForfeitReason): Partial<MatchEnd> {
    const left = forfeited.filter(hasChips);
    const silent = left.find(({ isPresent }) => isPresent)?.index ?? last;
    if (silent !== last || why === 'unresponsive') return unresponsiveKeys(silent);
    const times = left.map(({ index }) => recordOf(index).awaySince);
    return disconnectedKeys(Math.max(...times) - Math.min(...times) <= defaults.simultaneousMs);
  }

  return { forfeit, restore, settle };
}
