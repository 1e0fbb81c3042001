/** The newest hands of a session, kept to be looked at again: what the page's player and statistics are made of. */
import type { CollectedMatch } from '../histories/collection/collected-match.js';
import { handsOfMatch } from '../histories/collection/match-hands.js';
import { readFacts } from '../histories/collection/pieces-of-facts.js';
import { noMatch, readFrames, type SeenMatch } from '../histories/collection/pieces-of-frames.js';
import { readDecisions } from '../histories/collection/recorded-decisions.js';
import type { TableFact } from '../holdem/facts.js';
import type { TimedAgentEvent } from '../protocol/events.js';
import type { JsonObject } from '../protocol/frames.js';
import { createReport } from '../report/create-report.js';
import type { PageData } from '../report/page-data.js';

const defaults = {
  /** All of them are put together at once when the page asks, on the thread that answers turns. */
  maxHands: 500,
} as const;

export interface SessionHands {
  /** A frame of a match from the server. */
  takeFrame(matchId: string, frame: JsonObject, at: number): void;
  takeEvent(matchId: string, event: TimedAgentEvent): void;
  /** A fact of a platform's table. @param names by seat. */
  takeFact(matchId: string, fact: TableFact, at: number, names: readonly string[]): void;
  /** Hands and statistics of what is kept. */
  pageData(title: string, madeAt: number): PageData;
}

interface Kept {
  readonly startedAt: number;
  readonly seen: SeenMatch;
  readonly frames: ReturnType<typeof readFrames>;
  readonly facts: ReturnType<typeof readFacts>;
  readonly turns: ReturnType<typeof readDecisions>;
}

/** @param by who tells of the matches. */
export function createSessionHands(by: 'agent' | 'platform'): SessionHands {
  const kept = new Map<string, Kept>();
  let dropped = false;

  function matchOf(matchId: string, at: number): Kept {
    const known = kept.get(matchId);
    if (known !== undefined) return known;
    const seen = noMatch();
    const match: Kept = {
      startedAt: at,
      seen,
      frames: readFrames(seen),
      facts: readFacts(seen),
      turns: readDecisions(),
    };
    kept.set(matchId, match);
    return match;
  }

  /** The oldest hand of the oldest match goes first. */
  function drop(): void {
    let hands = 0;
    for (const { seen } of kept.values()) hands += seen.hands.size;
    while (hands > defaults.maxHands) {
      const [oldest] = kept;
      if (oldest === undefined) return;
      const [matchId, { seen, turns }] = oldest;
      const [first] = seen.hands.keys();
      dropped = true;
      if (first === undefined || seen.hands.size === 1) kept.delete(matchId);
      else {
        seen.hands.delete(first);
        turns.forget(first);
      }
      hands -= 1;
    }
  }

  return {
    takeFrame(matchId, frame, at) {
      const { frames, turns } = matchOf(matchId, at);
      const turn = frames.take(frame, at);
      if (turn !== null) turns.ask(turn, at);
      if (frame['type'] === 'round_start') drop();
    },
    takeEvent(matchId, event) {
      const match = kept.get(matchId);
      if (match === undefined) return;
      if (event.type === 'match.lost') match.frames.skip();
      if (event.type === 'turn.answered' && event.note !== undefined) {
        const { note: _note, ...answered } = event;
        match.turns.take(answered, event.at);
      } else match.turns.take(event, event.at);
    },
    takeFact(matchId, fact, at, names) {
      const { facts, seen } = matchOf(matchId, at);
      for (const [seat, name] of names.entries()) seen.names.set(seat, name);
      facts.take(fact as unknown as JsonObject, at);
      if (fact.type === 'handStarted') drop();
    },
    pageData(title, madeAt) {
      const report = createReport({ title, madeAt, withTexts: false });
      for (const [matchId, match] of kept) report.add(collected(matchId, match, by));
      const remarks = dropped
        ? [
            `The page keeps the newest ${defaults.maxHands} hands; \`--record\` keeps all, and \`report\` shows them.`,
          ]
        : [];
      return report.data({ remarks });
    },
  };
}

function collected(
  matchId: string,
  { seen, startedAt, turns: { decisions } }: Kept,
  by: 'agent' | 'platform',
): CollectedMatch {
  const source = by === 'agent' ? 'recording' : 'sandbox';
  const { hands, refused, remarks } = handsOfMatch([seen], { matchId, source });
  const players = [...seen.names].toSorted(([a], [b]) => a - b).map(([seat, name]) => ({ seat, name }));
  return {
    by,
    matchId,
    participantId: null,
    header: null,
    headers: [],
    result: null,
    results: [],
    seat: seen.seat,
    netChips: null,
    decisions: [...decisions.values()],
    resumes: 0,
    losses: [],
    lostRecords: 0,
    isClosed: false,
    files: [],
    startedAt,
    players,
    opponents: players.filter(({ seat }) => seat !== seen.seat).map(({ name }) => name),
    // The hand that is being played is on the table.
    hands: hands.filter(({ isFinished }) => isFinished),
    refused,
    remarks,
    others: [],
    lines: [],
    isContinued: false,
  };
}
