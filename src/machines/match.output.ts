/** What a match tells of itself when it is over, and of each hand. */
import { isWhole } from '../protocol/checks.js';
import type { JsonObject } from '../protocol/frames.js';
import type { MatchCounts, MatchResult } from '../protocol/results.js';
import { summarizeLatency } from '../time/latency.js';
import type { MatchContext, MatchOutput } from './match.context.js';

function listOf(value: unknown, isItem: (item: unknown) => boolean): number[] {
  return Array.isArray(value) ? value.filter((item): item is number => isItem(item)) : [];
}

const finite = (value: unknown): number | null => (Number.isFinite(value) ? (value as number) : null);

/** What a view shows of `round_result.result`; lists are empty and the pot is null where a game has no such field. */
export function handSummary(result: JsonObject): { stacks: number[]; winners: number[]; pot: number | null } {
  const { stacks, winner_seats: winners, pot } = result;
  return {
    stacks: listOf(stacks, Number.isFinite),
    winners: listOf(winners, isWhole),
    pot: finite(pot),
  };
}

function netChipsOf({ end, seat }: MatchContext): number | null {
  return finite(end?.results?.find((result) => result.seat === seat)?.net_chips);
}

/** What a match has counted so far. */
export function countsOf({ tally }: MatchContext): MatchCounts {
  const { hands, turns, fallbacks, corrections, rejections, timeouts, connections } = tally;
  const resumes = Math.max(0, connections - 1);
  return { hands, turns, fallbacks, corrections, rejections, timeouts, resumes };
}

export function matchSummary(context: MatchContext): MatchOutput {
  const { end, fixed } = context;
  const result: MatchResult = {
    matchId: context.matchId,
    participantId: fixed.participantId,
    rated: fixed.rated,
    outcome: end ? 'completed' : 'abandoned',
    abandonReason: end ? null : (context.abandonReason ?? 'internal'),
    detail: end ? null : context.detail,
    end,
    seat: context.seat,
    netChips: netChipsOf(context),
    ...countsOf(context),
    latencyMs: summarizeLatency(context.tally.latency),
    startedAt: fixed.startedAt,
    endedAt: fixed.now(),
  };
  return { result, fault: context.fault };
}
