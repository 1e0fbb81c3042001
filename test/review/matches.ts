/** Matches of hands that are at hand, for tests of what reads collections. */
import type { CollectedMatch, RecordedDecision } from '../../src/histories/collection/collected-match.js';
import type { HandHistory } from '../../src/histories/hand-history.js';

/** A match that the bot at `seat` recorded. Default: seat 0, everything else as a match without events has it. */
export function collectedMatch(
  hands: readonly HandHistory[],
  given: Partial<CollectedMatch> = {},
): CollectedMatch {
  const players = new Map(hands.flatMap(({ seats }) => seats.map(({ seat, name }) => [seat, name] as const)));
  return {
    matchId: 'match-1',
    by: 'agent',
    participantId: 'p-1',
    header: null,
    headers: [],
    result: null,
    results: [],
    seat: 0,
    netChips: null,
    decisions: [],
    resumes: 0,
    losses: [],
    lostRecords: 0,
    isClosed: true,
    files: ['match-1.jsonl'],
    startedAt: Date.UTC(2026, 10, 27),
    players: [...players].map(([seat, name]) => ({ seat, name })),
    opponents: [],
    hands,
    refused: [],
    remarks: new Map(),
    others: [],
    lines: [],
    isContinued: false,
    ...given,
  };
}

export function recordedTurn(given: Partial<RecordedDecision>): RecordedDecision {
  return {
    requestId: 'q',
    handNumber: 1,
    askedAt: 0,
    position: null,
    answer: { action: 'call' },
    source: 'bot',
    isTimedOut: false,
    latencyMs: 3,
    lateMs: null,
    note: null,
    correction: null,
    rejections: [],
    failure: null,
    ...given,
  };
}
