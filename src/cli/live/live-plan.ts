/** The line of the live table about what the bot has before it. */
import { fixturesAheadIn } from '../../session-view/fold-season.js';
import { fixtureWords, lobbyMsAt, queueWords } from '../../session-view/plan-words.js';
import type { SessionState } from '../../session-view/session-state.js';
import { ageWords } from '../../time/age-words.js';
import type { Piece } from './live-pieces.js';

export interface PlanFrame {
  /** On the view's clock. */
  now: number;
  /** Epoch milliseconds of the wall clock, on which fixtures are. */
  wallNow: number;
  /** There is room for the most important words only. */
  isNarrow: boolean;
}

/** The most important first; none where nobody plans anything. */
export function planPieces(session: SessionState, { now, wallNow, isNarrow }: PlanFrame): Piece[] {
  const { queue, day, rating, season } = session;
  const [next, ...later] = fixturesAheadIn(session);
  return [
    ...(next === undefined ? [] : [fixturePiece(next, wallNow)]),
    ...(next === undefined && season !== null ? [{ text: 'no fixture' }] : []),
    ...(queue === null ? [] : [{ text: `queue ${isNarrow ? queue.place : queueWords(queue, now)}` }]),
    ...(day === null ? [] : [matchesPiece(day), hoursPiece(day, wallNow)]),
    ...(rating === null ? [] : [{ text: `rating ${Math.round(rating.rating)}` }]),
    ...(later.length === 0
      ? []
      : [{ text: `${later.length} more ${later.length === 1 ? 'fixture' : 'fixtures'}` }]),
  ];
}

type Day = NonNullable<SessionState['day']>;

function fixturePiece(fixture: ReturnType<typeof fixturesAheadIn>[number], wallNow: number): Piece {
  const isUrgent = fixture.standing !== 'coming';
  return { text: `next ${fixtureWords(fixture, wallNow)}`, tone: isUrgent ? 'warn' : 'strong' };
}

function matchesPiece({ matches, claims, matchesLimit }: Day): Piece {
  const isSpent = matchesLimit !== null && matches + claims >= matchesLimit;
  const text = matchesLimit === null ? `${matches} today` : `${matches}/${matchesLimit} today`;
  return { text, tone: isSpent ? 'warn' : null };
}

function hoursPiece(day: Day, wallNow: number): Piece {
  const { lobbyLimitMs, reservedMs } = day;
  const lobbyMs = lobbyMsAt(day, wallNow);
  const isSpent = lobbyLimitMs !== null && lobbyMs + reservedMs >= lobbyLimitMs;
  const limit = lobbyLimitMs === null ? '' : ` of ${ageWords(lobbyLimitMs).replace(/ 0 min$/, '')}`;
  return { text: `lobby ${ageWords(lobbyMs)}${limit}`, tone: isSpent ? 'warn' : null };
}

/** Whether it has times that run. */
export function isPlanning(session: Pick<SessionState, 'queue' | 'season' | 'day'>): boolean {
  const { queue, day } = session;
  const isCounting = day !== null && day.lobbySince !== null;
  return isCounting || queue?.place === 'waiting' || fixturesAheadIn(session).length > 0;
}
