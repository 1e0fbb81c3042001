import type { JsonObject, MatchEnd } from '../../protocol/frames.js';
import type { ForfeitReason } from '../terms/sandbox-events.js';
import type { Journal } from './journal.js';

/** The journal entries of one match. */
export interface MatchJournal {
  begun(): void;
  turn(requestId: string): void;
  act(action: string, params: JsonObject | undefined, isTimeout: boolean): void;
  forfeit(seatIndex: number, why: ForfeitReason): void;
  end(end: MatchEnd): void;
}

export function journalOf(matchId: string, journal: Journal): MatchJournal {
  return {
    begun: () => journal.write({ t: 'begun', matchId }),
    turn: (requestId) => journal.write({ t: 'turn', matchId, requestId }),
    act: (action, params, isTimeout) =>
      journal.write({ t: 'act', matchId, action, ...(params && { params }), isTimeout }),
    forfeit: (seatIndex, why) => journal.write({ t: 'forfeit', matchId, seat: seatIndex, why }),
    end: (end) => journal.write({ t: 'end', matchId, end }),
  };
}
