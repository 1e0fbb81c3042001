import { StateWriteError } from '../../protocol/errors.js';
import type { JsonObject, MatchEnd } from '../../protocol/frames.js';
import type { Timer, Timers } from '../../time/timers.js';
import type { ForfeitReason } from '../terms/sandbox-events.js';
import { type Journal, noJournal } from './journal.js';
import type { JournalEntry } from './journal-entry.js';

const defaults = {
  /** How long a match waits before it tries again to write what it could not. */
  retryMs: 1_000,
} as const;

/**
 * The journal entries of one match, in their order. Each goes on with the match (`then`) when it is written: at once, or
 * when there is room for it. So a match waits for the disk, and nobody has seen of it what a restart would not know.
 */
export interface MatchJournal {
  begun(then: () => void): void;
  turn(requestId: string, then: () => void): void;
  act(act: { action: string; params?: JsonObject | undefined }, isTimeout: boolean, then: () => void): void;
  forfeit(seatIndex: number, why: ForfeitReason, then: () => void): void;
  /** Nothing waits for it: the match is told it at once. */
  end(end: MatchEnd): void;
  /** Waits no longer. An end that still waits is written if there is room now; nobody has seen what else waits. */
  close(): void;
}

export interface MatchJournalOptions {
  matchId: string;
  journal: Journal;
  timers: Timers;
  /** Runs what waited; a defect in it ends only this match. */
  guard: (where: string, run: () => void) => void;
}

/** Of a platform that keeps nothing: a match goes on at once, and no entry is made. */
const unkept: MatchJournal = {
  begun: (then) => then(),
  turn: (_requestId, then) => then(),
  act: (_act, _isTimeout, then) => then(),
  forfeit: (_seatIndex, _why, then) => then(),
  end: () => undefined,
  close: () => undefined,
};

export function journalOf(options: MatchJournalOptions): MatchJournal {
  return options.journal === noJournal ? unkept : keptJournal(options);
}

function keptJournal({ matchId, journal, timers, guard }: MatchJournalOptions): MatchJournal {
  let waiting: { entry: JournalEntry; goOn: () => void }[] = [];
  let trying: Timer | null = null;

  function isWritten(entry: JournalEntry): boolean {
    try {
      journal.write(entry);
      return true;
    } catch (error) {
      if (error instanceof StateWriteError) return false;
      throw error;
    }
  }

  function put(entry: JournalEntry, goOn: () => void): void {
    if (waiting.length === 0 && isWritten(entry)) {
      goOn();
      return;
    }
    waiting.push({ entry, goOn });
    if (waiting.length === 1) tryLater();
  }

  function tryLater(): void {
    trying = timers.after(defaults.retryMs, () => guard('state', retry));
  }

  function retry(): void {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (!isWritten(next.entry)) {
        tryLater();
        return;
      }
      // Removed after it was run: what it brings about is written behind what waits already.
      guard('state', next.goOn);
      waiting.shift();
    }
  }

  return {
    begun: (then) => put({ t: 'begun', matchId }, then),
    turn: (requestId, then) => put({ t: 'turn', matchId, requestId }, then),
    act: ({ action, params }, isTimeout, then) =>
      put({ t: 'act', matchId, action, ...(params && { params }), isTimeout }, then),
    forfeit: (seatIndex, why, then) => put({ t: 'forfeit', matchId, seat: seatIndex, why }, then),
    end: (end) => put({ t: 'end', matchId, end }, () => undefined),
    close() {
      trying?.cancel();
      const told = waiting.find(({ entry }) => entry.t === 'end');
      waiting = [];
      if (told !== undefined) isWritten(told.entry);
    },
  };
}
