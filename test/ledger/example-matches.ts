/** Matches as the collection of recordings tells them, made by hand so that every sum is known. */
import type { CollectedMatch, RecordedDecision } from '../../src/histories/collection/collected-match.js';
import type { HandHistory } from '../../src/histories/hand-history.js';
import type { RecordedResult, RecordingHeader } from '../../src/recording/recording-shape.js';

export const startedAt = Date.UTC(2026, 10, 27, 22, 0);

export interface ExampleHand {
  handNumber?: number;
  /** Of our seat, 0; the other has the rest of 2000. */
  stack?: number;
  net?: number;
  bigBlind?: number;
  /** Seats that showed their cards. */
  shown?: readonly number[];
  hasFolded?: boolean;
  isFinished?: boolean;
}

/** A hand of two seats in which chips went from one to the other by a raise and a call, or a fold. */
export function exampleHand({
  handNumber = 1,
  stack = 1_000,
  net = 0,
  bigBlind = 10,
  shown = [],
  hasFolded = false,
  isFinished = true,
}: ExampleHand = {}): HandHistory {
  const after = (chips: number): number | null => (isFinished ? chips : null);
  const seat = (index: number, before: number, change: number) => ({
    seat: index,
    name: index === 0 ? 'us' : 'Bob',
    stack: before,
    stackAfter: after(before + change),
    cards: index === 0 ? ['Ah', 'Kd'] : null,
    hasShown: shown.includes(index),
  });
  return {
    source: 'recording',
    matchId: 'm1',
    handNumber,
    startedAt: startedAt + handNumber * 1_000,
    level: { smallBlind: bigBlind / 2, bigBlind, ante: 0 },
    dealerSeat: 0,
    seats: [seat(0, stack, net), seat(1, 2_000 - stack, -net)],
    history: [
      { seat: 0, action: 'post_small_blind', amount: bigBlind / 2, street: 'preflop', isTimeout: false },
      { seat: 1, action: 'post_big_blind', amount: bigBlind, street: 'preflop', isTimeout: false },
      {
        seat: hasFolded ? 0 : 1,
        action: 'fold',
        amount: 0,
        street: 'preflop',
        isTimeout: false,
      },
    ],
    board: ['2c', '7d', '9h'],
    hero: 0,
    isFinished,
  };
}

export const exampleHeader = (given: Partial<RecordingHeader> = {}): RecordingHeader => ({
  type: 'header',
  schema: 1,
  at: startedAt,
  by: 'agent',
  matchId: 'm1',
  participantId: 'p1',
  package: '0.2.0',
  node: 'v20.0.0',
  pid: 1,
  label: 'v1',
  bot: { name: 'Mine', file: 'bot.ts' },
  env: 'local',
  lobby: null,
  played: { hash: 'aaaaaaaaaaaa', why: null, files: [], git: 'c0ffee1234+', gitWhy: null },
  ...given,
});

export const exampleResult = (given: Partial<RecordedResult> = {}): RecordedResult => ({
  schema: 1,
  at: startedAt + 60_000,
  matchId: 'm1',
  participantId: 'p1',
  rated: true,
  outcome: 'completed',
  abandonReason: null,
  seat: 0,
  netChips: 40,
  latencyMs: { count: 0, p50: 0, p95: 0, p99: 0, max: 0 },
  startedAt,
  endedAt: startedAt + 60_000,
  hands: 2,
  turns: 5,
  fallbacks: 1,
  corrections: 0,
  rejections: 0,
  timeouts: 0,
  resumes: 1,
  opponents: ['Bob'],
  label: 'v1',
  bot: { name: 'Mine', file: 'bot.ts' },
  env: 'local',
  package: '0.2.0',
  hash: 'aaaaaaaaaaaa',
  git: 'c0ffee1234+',
  file: 'm1.jsonl',
  ...given,
});

export const exampleDecision = (given: Partial<RecordedDecision> = {}): RecordedDecision => ({
  requestId: 'r1',
  handNumber: 1,
  askedAt: startedAt,
  position: 2,
  answer: null,
  source: 'bot',
  isTimedOut: false,
  latencyMs: 1,
  lateMs: null,
  note: null,
  correction: null,
  rejections: [],
  failure: null,
  ...given,
});

/** Two hands that won 40, of version `aaaaaaaaaaaa`, with its result. */
export function exampleMatch(given: Partial<CollectedMatch> = {}): CollectedMatch {
  const header = exampleHeader();
  const result = exampleResult();
  return {
    matchId: 'm1',
    isContinued: false,
    by: 'agent',
    participantId: 'p1',
    header,
    headers: [header],
    result,
    results: [result],
    seat: 0,
    netChips: 40,
    decisions: [],
    resumes: 0,
    losses: [],
    lostRecords: 0,
    isClosed: true,
    files: ['matches/m1.jsonl'],
    startedAt,
    players: [
      { seat: 0, name: 'us' },
      { seat: 1, name: 'Bob' },
    ],
    opponents: ['Bob'],
    hands: [
      exampleHand({ net: 60, shown: [0, 1] }),
      exampleHand({ handNumber: 2, stack: 1_060, net: -20, hasFolded: true }),
    ],
    refused: [],
    remarks: new Map(),
    others: [],
    lines: [],
    ...given,
  };
}

/** A match that has no recording any more. */
export const resultAlone = (given: Partial<RecordedResult> = {}): CollectedMatch => {
  const result = exampleResult(given);
  return exampleMatch({
    header: null,
    headers: [],
    result,
    results: [result],
    netChips: result.netChips,
    seat: result.seat,
    hands: [],
    players: [],
    opponents: result.opponents,
    files: [],
  });
};
