/** What became of a match that met an outage, and whether it was lost that could have been kept. */
import type { MatchEnd } from '../../src/protocol/frames.js';
import type { MatchResult } from '../../src/protocol/results.js';
import { describeOutage, leftOf, type PlannedOutage } from './plan.js';

const defaults = {
  /** A busy machine may take so much of what is left; beyond that nobody could have come back in time. */
  toleratedMs: 200,
} as const;

/** One match and its outage. */
export interface Account {
  outage: PlannedOutage;
  /** Null: it was never announced, since its bot did not come back to the lobby. */
  matchId: string | null;
  /** As the platform has it; null while it goes on. */
  end: MatchEnd | null;
  /** As the agent has it, the last word about this match. */
  result: Pick<MatchResult, 'outcome' | 'abandonReason' | 'detail' | 'endedAt'> | null;
  /** How its connections were lost, as the agent tells it. */
  losses: readonly string[];
  /** Turns that the platform played. */
  substituted: number;
  /** From the end of the outage until the seat was taken again; null: it was not, or never lost. */
  backAfterMs: number | null;
  /** When the outage was over, epoch milliseconds. */
  overAt: number;
  /** What was left of the grace when the outage was over; null: the seat was never away. */
  leftMs: number | null;
  /** For how much of that this machine kept the campaign, its platform or the agents from running. */
  stalledMs: number;
}

export type Verdict =
  /** Played to its end. */
  | 'kept'
  /** The seat was held, and the way to it was open in time. */
  | 'lost'
  /** The machine of the campaign was too busy to open the way, or to go it, in time. */
  | 'late';

export function verdictOn({ outage, end, result, overAt, leftMs, stalledMs }: Account): Verdict {
  const isPlayedOut =
    end?.reason === 'complete' && end.forfeit_seat === undefined && end.terminal_status === 'completed';
  if (isPlayedOut && result?.outcome === 'completed') return 'kept';
  const gaveUpEarly = result !== null && result.endedAt < overAt;
  if (leftMs === null || gaveUpEarly) return 'lost';
  return leftMs - stalledMs < leftOf(outage) - defaults.toleratedMs ? 'late' : 'lost';
}

/** Why it was lost, in one line. */
export function describeLoss({ outage, end, result, losses, leftMs, stalledMs }: Account): string {
  const unheard = losses.length === 0 ? 'the agent tells nothing of it' : 'the agent has no result';
  const agent = result === null ? unheard : `the agent says ${result.abandonReason ?? result.outcome}`;
  const platform = end === null ? 'it goes on at the platform' : `the platform says ${endOf(end)}`;
  const left =
    leftMs === null
      ? ''
      : `, with ${Math.round(leftMs)} ms of the grace left after the outage, of which the machine took ${Math.round(stalledMs)}`;
  const story = losses.length === 0 ? '' : ` [${losses.join(', ')}]`;
  const detail = typeof result?.detail === 'string' ? ` (${result.detail})` : '';
  return `${describeOutage(outage)}: ${agent}${detail}, ${platform}${left}${story}`;
}

function endOf({ forfeit_reason: why, reason, terminal_status: status }: MatchEnd): string {
  return typeof why === 'string' ? why : `${reason ?? '?'}, ${status ?? '?'}`;
}
