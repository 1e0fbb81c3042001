/** Seats that lose a match without playing it, and what becomes of it when few or none are left. */

import type { Table } from '../../holdem/table-types.js';
import type { MatchEnd } from '../../protocol/frames.js';
import type { MatchJournal } from '../memory/match-journal.js';
import type { EmitSandbox, ForfeitReason } from '../terms/sandbox-events.js';
import { completedEnd, disconnectedKeys, forfeitKeys, unresponsiveKeys } from './match-end.js';
import type { SeatRecord } from './match-record.js';
import type { Seat } from './seat.js';

const defaults = {
  /** Seats that drop within this time dropped together. */
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
  /** Plays the open turn of a seat that is not asked any more. */
  playFor: (seatIndex: number) => void;
  finish: (end: MatchEnd) => void;
}

export interface Forfeits {
  /** Takes the seat out of the match; harmless for one that has lost already, or whose match is played. */
  forfeit(seatIndex: number, why: ForfeitReason): void;
  /** It forfeited in an earlier life of the platform. */
  restore(seatIndex: number, why: ForfeitReason): void;
  /** Ends the match if forfeits have left one player or none: to be asked when a hand is over or a seat is back. */
  settle(): void;
}

export function createForfeits(options: ForfeitsOptions): Forfeits {
  const { matchId, table, seats, records, emit, journal, recordOf, playFor, finish } = options;
  /** The last to forfeit is the last here. */
  const forfeited: Seat[] = [];

  /** Is in the match, also with all its chips in the pot. */
  function hasChips({ index }: Seat): boolean {
    return (table.standings.standings[index]?.stack ?? 0) > 0;
  }

  /** Seats that are in the match and play themselves. */
  function contenders(): Seat[] {
    return seats.filter((seat) => !forfeited.includes(seat) && hasChips(seat));
  }

  function forfeit(seatIndex: number, why: ForfeitReason): void {
    const seat = seats[seatIndex];
    // A match that is played is won, even if not everybody was told yet of its last hand.
    if (table.over || seat === undefined || forfeited.includes(seat) || !hasChips(seat)) return;
    journal.forfeit(seatIndex, why);
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
    // One that is away may still come back, or stay away until everybody has lost.
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
