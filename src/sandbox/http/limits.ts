/** The limits of the HTTP requests. */
import { OptionError } from '../../protocol/errors.js';
import { maxTimerMs } from '../../time/max-timer.js';

const defaults = {
  maxBodyBytes: 16 * 1024,
  bodyTimeoutMs: 5_000,
  maxLiveMatches: 5,
  capRetryAfterMs: 10_000,
  matchesPerDay: Number.MAX_SAFE_INTEGER,
  lobbyMsPerDay: maxTimerMs,
  recordsPerMinute: Number.MAX_SAFE_INTEGER,
  recordMinuteMs: 60_000,
  challengeDecisionTimeoutMs: 30_000,
  queueDecisionTimeoutMs: 30_000,
  queueTtlMs: 60_000,
  queueEarlyPercent: 33,
  queueEarlyFromMs: 12_000,
  queueEarlyToMs: 46_000,
  joinIntervalMs: 10_000,
  pairAgainMs: 1_000,
  maxQueued: 1_000,
  challengeTtlMs: 60_000,
  maxOutboundChallenges: 5,
  maxPendingChallenges: 1_000,
  keepEndedChallenges: 1_000,
  keepEndedChallengesMs: 600_000,
  maxBots: 1_000,
  maxTokensPerBot: 20,
  maxListed: 100,
} as const;

/** Limits of the HTTP requests. Durations are milliseconds. */
export interface HttpLimits {
  /** Larger bodies get a 413. Default: 16384. */
  maxBodyBytes: number;
  /** From the head of a request to the end of its body. Default: 5000. */
  bodyTimeoutMs: number;
  /** Live matches of one bot, however they were started. Default: 5. */
  maxLiveMatches: number;
  /** `Retry-After` for a bot that already plays as many matches as it may. Default: 10000. */
  capRetryAfterMs: number;
  /** Matches that one bot may start or be paired into over HTTP from 00:00 to 24:00 UTC. Default: no limit. */
  matchesPerDay: number;
  /** How long a bot may be in the lobby a day before the queue refuses it. Default: longer than a day. */
  lobbyMsPerDay: number;
  /** Requests for public records of one caller in a minute. Default: no limit. */
  recordsPerMinute: number;
  /** How long that minute is, and those of the penalties. Default: 60000. */
  recordMinuteMs: number;
  /** The clock of a decision in matches that came from a challenge. Default: 30000. */
  challengeDecisionTimeoutMs: number;
  /** The clock of a decision in matches that came from the queue. Default: 30000. */
  queueDecisionTimeoutMs: number;
  /** How long an entry of the queue lasts after the last join. Default: 60000. */
  queueTtlMs: number;
  /** Of a hundred entries, how many die early, between the next two. Default: 33. */
  queueEarlyPercent: number;
  /** Default: 12000. */
  queueEarlyFromMs: number;
  /** Default: 46000. */
  queueEarlyToMs: number;
  /** Between two joins of a bot; one that comes sooner is refused. Default: 10000. */
  joinIntervalMs: number;
  /** Between two attempts to pair when no bots of the queue could be paired. Default: 1000. */
  pairAgainMs: number;
  /** Bots in the queue. Default: 1000. */
  maxQueued: number;
  /** How long a remote challenge can be answered. Default: 60000. */
  challengeTtlMs: number;
  /** Challenges of one bot that wait for an answer. Default: 5. */
  maxOutboundChallenges: number;
  /** Challenges of all bots that wait for an answer. Default: 1000. */
  maxPendingChallenges: number;
  /** Ended challenges that are still listed, of all bots. Default: 1000. */
  keepEndedChallenges: number;
  /** How long an ended challenge is still listed. Default: 600000. */
  keepEndedChallengesMs: number;
  /** The most bots; `POST /sandbox/bots` makes no more. Default: 1000. */
  maxBots: number;
  /** Tokens of one bot, revoked ones not counted. Default: 20. */
  maxTokensPerBot: number;
  /** Entries of a list in an answer, the newest ones. Default: 100. */
  maxListed: number;
}

/** What the platform's free tier allows, as its players have met it (docs/protocol.md 7). */
export const platformLimits: Partial<HttpLimits> = {
  matchesPerDay: 20,
  lobbyMsPerDay: 8 * 3_600_000,
  recordsPerMinute: 40,
};

/** @throws {OptionError} naming a limit that is not a whole number or out of range. */
export function limitsOf(limits: Partial<HttpLimits> = {}): HttpLimits {
  const filled: HttpLimits = { ...defaults, ...limits };
  for (const [name, value] of Object.entries(filled)) {
    if (!Object.hasOwn(defaults, name)) throw new OptionError(name, `There is no limit ${name}.`);
    const most = name.endsWith('Ms') ? maxTimerMs : Number.MAX_SAFE_INTEGER;
    if (!Number.isSafeInteger(value) || value < 1 || value > most) {
      throw new OptionError(name, `The limit ${name} must be a whole number from 1 to ${most}.`);
    }
  }
  return filled;
}

/** Whole seconds, as HTTP counts them, rounded up. */
export function secondsOf(ms: number): number {
  return Math.ceil(ms / 1_000);
}
