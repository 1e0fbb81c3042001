/** What there is to compare of a run, and what must hold in it whatever the weather. */
import { expect } from 'vitest';
import type { MatchEnd } from '../../src/protocol/frames.js';
import type { MatchResult } from '../../src/protocol/results.js';
import type { SandboxEvent } from '../../src/sandbox/terms/sandbox-events.js';
import type { Run } from './weather.js';
import type { Decision } from './weather-bot.js';

/** One match without the ids and times that are new in each run. */
export interface Account {
  end: unknown;
  /** After each hand. */
  stacks: number[][];
  /** What each bot of ours was shown and chose. */
  decisions: { state: Partial<Decision['state']>; answer: string }[][];
}

/** Troubles that the platform tells of a seat, and faults of its own. */
const troubles: ReadonlySet<SandboxEvent['type']> = new Set([
  'turn.substituted',
  'turn.rejected',
  'seat.forfeited',
  'bot.failed',
  'lobby.refused',
  'connect.refused',
  'client.deprecated',
  'platform.fault',
] as const);

function withoutTimes({ match_id: _id, seq: _seq, ...end }: MatchEnd): unknown {
  const { server_ts: _ts, serverTimeMs: _ms, results, ...rest } = end;
  return {
    ...rest,
    results: results?.map(({ decision_latency_samples_ms: _times, ...line }) => line),
  };
}

function eventsOf<T extends SandboxEvent['type']>(run: Run, type: T): Extract<SandboxEvent, { type: T }>[] {
  return run.events.filter((event): event is Extract<SandboxEvent, { type: T }> => event.type === type);
}

/** Decisions in their order, without those that were asked a second time in a new process. */
function decisionsOf(run: Run, botId: string, matchId: string): Decision[] {
  const all = run.guests.filter((guest) => guest.botId === botId).flatMap(({ decisions }) => decisions);
  const byRequest = new Map(all.filter((one) => one.matchId === matchId).map((one) => [one.requestId, one]));
  return [...byRequest.values()];
}

export function accountsOf(run: Run): Account[] {
  const botIds = [...new Set(run.guests.map(({ botId }) => botId))];
  return run.matchIds.map((matchId, index) => ({
    end: withoutTimes(endOf(run, index)),
    stacks: eventsOf(run, 'hand.ended')
      .filter((event) => event.matchId === matchId)
      .map(({ stacks }) => stacks),
    decisions: botIds.map((botId) =>
      decisionsOf(run, botId, matchId).map(({ state, answer }) => ({ state, answer })),
    ),
  }));
}

function endOf({ ends }: Run, index: number): MatchEnd {
  const end = ends[index];
  if (end === undefined) throw new Error(`There is no match ${index}.`);
  return end;
}

/** Everything in a result that must be as in calm weather; connections come and go. */
export function conductOf({
  outcome,
  abandonReason,
  timeouts,
  fallbacks,
  corrections,
  rejections,
}: MatchResult) {
  return { outcome, abandonReason, timeouts, fallbacks, corrections, rejections };
}

export const faultless = {
  outcome: 'completed',
  abandonReason: null,
  timeouts: 0,
  fallbacks: 0,
  corrections: 0,
  rejections: 0,
};

export function expectNoTrouble(run: Run, message: string): void {
  expect(
    run.events.filter(({ type }) => troubles.has(type)),
    message,
  ).toEqual([]);
  expectSoundProxy(run, message);
}

export function expectSoundProxy(run: Run, message: string): void {
  const defects = eventsOf(run, 'chaos').filter(({ event }) => event.type !== 'fault');
  expect(defects, message).toEqual([]);
}

/** The platform's result is the agent's, for every result of a match that was played to its end. */
export function expectSameEnds(run: Run, message: string): void {
  for (const { results } of run.sessions) {
    for (const { matchId, end } of results) {
      if (end === null) continue;
      const { seq: _seq, server_ts: _ts, serverTimeMs: _ms, ...told } = end;
      expect(told, message).toEqual(endOf(run, run.matchIds.indexOf(matchId)));
    }
  }
}

/** Ids of the turns that the platform opened for a bot, or played for it. */
export function turnsOf(
  run: Run,
  type: 'turn.opened' | 'turn.substituted',
  matchId: string,
  botId: string,
): string[] {
  const match = run.matches.find((one) => one.matchId === matchId);
  const own = match?.seats.findIndex((seat) => seat.botId === botId);
  return eventsOf(run, type)
    .filter((event) => event.matchId === matchId && event.seat === own)
    .map(({ requestId }) => requestId);
}

/** Each turn that the platform opened for a bot of ours was asked of it, in its order and once in each process. */
export function expectEachTurnOnce(run: Run, message: string): void {
  for (const [index, { botId, decisions }] of run.guests.entries()) {
    const own = decisions.map(({ requestId }) => requestId);
    expect(own, message).toEqual([...new Set(own)]);
    for (const { matchId } of run.sessions[index]?.results ?? []) {
      const opened = turnsOf(run, 'turn.opened', matchId, botId);
      const asked = decisionsOf(run, botId, matchId).map(({ requestId }) => requestId);
      expect(asked, message).toEqual(opened);
    }
  }
}
