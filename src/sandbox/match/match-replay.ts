/** Plays the moves of an earlier run of the platform again. */
import type { MatchEnded, TableFact } from '../../holdem/facts.js';
import type { Table } from '../../holdem/table-types.js';
import type { JournalMove } from '../memory/journal-digest.js';
import type { SeatRecord } from './match-record.js';

export interface ReplayOptions {
  /** Without a hand yet. */
  table: Table;
  recordOf: (seatIndex: number) => SeatRecord;
  onFact: (fact: Exclude<TableFact, MatchEnded>) => void;
  onForfeit: (move: Extract<JournalMove, { t: 'forfeit' }>) => void;
}

/** @returns the end of a match that is played out; null when the match goes on with the table as it is now. */
export function replayMoves(moves: readonly JournalMove[], options: ReplayOptions): MatchEnded | null {
  const { table, recordOf, onFact, onForfeit } = options;
  const left = [...moves];
  let facts = table.startHand();
  for (;;) {
    for (const fact of facts) {
      if (fact.type === 'matchEnded') return fact;
      onFact(fact);
    }
    const [move] = left;
    if (move?.t === 'forfeit') {
      onForfeit(move);
      left.shift();
      facts = [];
    } else if (table.turn === null) {
      facts = table.startHand();
    } else if (move === undefined) {
      return null;
    } else {
      const record = recordOf(table.turn.seat);
      record.substitutions = move.isTimeout ? record.substitutions + 1 : 0;
      facts = table.act(move, { isTimeout: move.isTimeout });
      left.shift();
    }
  }
}
