/** Events of a session, as an agent reports them. */
import type { AgentEvent } from '../../src/protocol/events.js';
import type { MatchResult } from '../../src/protocol/results.js';

/** Epoch milliseconds of all events that do not say otherwise. */
export const start = 1_700_000_000_000;

export const idOf = (n: number): string => `${n}`.repeat(8);

export const online: AgentEvent = { type: 'lobby.listening', url: 'ws://h/x' };

/** A match that has begun. */
export const begin = (n: number, ...opponents: string[]): AgentEvent[] => [
  { type: 'match.announced', matchId: idOf(n), participantId: 'p', rated: false, resume: false },
  { type: 'match.connecting', matchId: idOf(n), attempt: 0 },
  { type: 'match.connected', matchId: idOf(n), resumed: false },
  { type: 'match.started', matchId: idOf(n), seat: 0, opponents },
];

export const endHand = (n: number, hand: number, ...stacks: number[]): AgentEvent => ({
  type: 'hand.ended',
  matchId: idOf(n),
  hand,
  seat: 0,
  stacks,
  winners: [0],
  pot: 20,
  netChips: 10,
});

export const ask = (n: number, clockMs = 5_000): AgentEvent => ({
  type: 'turn.requested',
  matchId: idOf(n),
  requestId: 'r',
  clockMs,
});

export const answer = (n: number, latencyMs: number): AgentEvent => ({
  type: 'turn.answered',
  matchId: idOf(n),
  requestId: 'r',
  answer: { action: 'fold' },
  source: 'bot',
  latencyMs,
});

export const end = (n: number, netChips: number | null, more: Partial<MatchResult> = {}): AgentEvent => ({
  type: 'match.ended',
  matchId: idOf(n),
  result: { ...resultOf(n, netChips), ...more },
});

/** Null chips: it was abandoned. */
function resultOf(n: number, netChips: number | null): MatchResult {
  const isCompleted = netChips !== null;
  return {
    matchId: idOf(n),
    participantId: 'p',
    rated: false,
    outcome: isCompleted ? 'completed' : 'abandoned',
    abandonReason: isCompleted ? null : 'cut',
    detail: isCompleted ? null : 'It was cut.',
    end: isCompleted ? { type: 'match_end', reason: 'complete' } : null,
    seat: 0,
    netChips,
    hands: 40,
    turns: 2,
    fallbacks: 0,
    corrections: 0,
    rejections: 0,
    timeouts: 0,
    resumes: 0,
    latencyMs: { count: 2, p50: 1, p95: 1, p99: 1, max: 1 },
    startedAt: start,
    endedAt: start,
  };
}
