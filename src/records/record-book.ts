/** The public records: what was played, as the table told it. */
import type { HandStarted, TableFact } from '../holdem/facts.js';
import { isObject } from '../protocol/checks.js';
import type { MatchEnd } from '../protocol/frames.js';
import { createKeptHands, type KeptHands } from './kept-hands.js';
import { type MatchOrigin, type MatchOutcome, type PlayedMatch, playedHand } from './played-match.js';
import { type BotStanding, createStandingBook } from './standing-book.js';

const defaults = {
  /** As many as the platform remembers otherwise. */
  keepMatches: 1_000,
} as const;

export interface RecordBookOptions {
  /** Epoch milliseconds on the wall clock. */
  now: () => number;
  /** The most hands that are kept, of all matches. The hands of the match that began first are forgotten first. */
  keepHands: number;
  bigBlindOf: (hand: number) => number;
}

/** A match that is to be recorded. */
export interface MatchToRecord {
  matchId: string;
  origin: MatchOrigin;
  rated: boolean;
  seats: readonly { name: string; botId: string | null }[];
  /** It began in an earlier run of the platform, whose clock nobody knows. */
  isEarlier: boolean;
}

/** Writes one match. */
export interface MatchRecorder {
  readonly note: (fact: TableFact) => void;
  readonly end: (end: MatchEnd) => void;
}

export interface RecordBook {
  /** The match has a record from its first hand on, or when it ends without one because it broke. */
  open(match: MatchToRecord): MatchRecorder;
  /** The records, the newest first. */
  matches(): PlayedMatch[];
  match(matchId: string): PlayedMatch | undefined;
  standing(botId: string): BotStanding;
}

/** A match with the hands that its record is read from. */
type KeptMatch = PlayedMatch & { readonly kept: KeptHands };

export function createRecordBook({ now, keepHands, bigBlindOf }: RecordBookOptions): RecordBook {
  const matches = new Map<string, KeptMatch>();
  /** Those whose hands are kept or are to be, the oldest first: hands come too often to look at every match for each. */
  const remembered = new Set<KeptMatch>();
  const standings = createStandingBook();
  let keptHands = 0;

  function keep(match: KeptMatch): void {
    if (matches.has(match.matchId)) return;
    matches.set(match.matchId, match);
    if (!match.isForgotten) remembered.add(match);
    if (matches.size > defaults.keepMatches) forgetOldest();
  }

  function forgetOldest(): void {
    for (const match of matches.values()) {
      if (match.outcome === null) continue;
      forgetHands(match);
      matches.delete(match.matchId);
      return;
    }
  }

  function forgetHands(match: KeptMatch): void {
    keptHands -= match.kept.count;
    match.kept.clear();
    match.isForgotten = true;
    remembered.delete(match);
  }

  function makeRoom(): void {
    for (const match of remembered) {
      if (keptHands <= keepHands) return;
      if (match.kept.count > 0) forgetHands(match);
    }
  }

  return {
    open({ seats, isEarlier, ...terms }) {
      const kept = createKeptHands();
      const match: KeptMatch = {
        ...terms,
        startedAt: null,
        outcome: null,
        seats: seats.map(({ name, botId }) => ({ name, botId, netChips: null, handsWon: null, place: null })),
        kept,
        get hands() {
          return kept.all();
        },
        isForgotten: false,
      };
      let started: HandStarted | null = null;

      return {
        note(fact) {
          if (fact.type === 'handStarted') {
            if (started === null) {
              if (!isEarlier) match.startedAt = now();
              keep(match);
            }
            started = fact;
          }
          if (fact.type !== 'handEnded' || started === null) return;
          const hand = playedHand(started, fact, bigBlindOf(fact.hand));
          standings.count(match.seats, hand);
          if (match.isForgotten) return;
          kept.add(hand);
          keptHands += 1;
          makeRoom();
        },
        end(end) {
          match.outcome = outcomeOf(end);
          // A match whose players did not come was never played.
          const isUnplayed = started === null && (!isEarlier || end.results === undefined);
          if (isUnplayed && match.outcome === 'abandoned') return;
          if (started === null && (isEarlier || end.results !== undefined)) match.isForgotten = true;
          writeResults(match, end);
          keep(match);
          if (match.outcome === 'completed') standings.settle(match);
        },
      };
    },
    matches: () => [...matches.values()].toReversed(),
    match: (matchId) => matches.get(matchId),
    standing: standings.of,
  };
}

function outcomeOf({ reason, terminal_status: status }: MatchEnd): MatchOutcome {
  if (status === 'completed' || status === 'abandoned') return status;
  return status === undefined && reason === 'complete' ? 'completed' : 'error';
}

/** The end of an earlier run comes from a file, which somebody may have edited. */
function writeResults({ seats }: PlayedMatch, { results, finishing_order: order }: MatchEnd): void {
  for (const { seat, net_chips: netChips, hands_won: handsWon } of rowsOf(results)) {
    const played = seats[Number(seat)];
    if (played === undefined) continue;
    played.netChips = typeof netChips === 'number' ? netChips : null;
    played.handsWon = typeof handsWon === 'number' ? handsWon : null;
  }
  for (const { seat, place } of rowsOf(order)) {
    const played = seats[Number(seat)];
    if (played !== undefined && typeof place === 'number') played.place = place;
  }
}

function rowsOf(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
