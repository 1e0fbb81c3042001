/** The remote challenges: who challenged whom, and the outcome. */
import { randomUUID } from 'node:crypto';
import type { HttpLimits } from './limits.js';
import type { BotFacts, HttpPlatform } from './platform.js';

export type ChallengeStatus = 'pending' | 'accepted' | 'declined' | 'expired' | 'error';

/** One side of a challenge. */
export type Side = Pick<BotFacts, 'botId' | 'name'>;

export interface Challenge {
  readonly challengeId: string;
  readonly challenger: Side;
  readonly challenged: Side;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly status: ChallengeStatus;
  /** Explains the status `error`. */
  readonly detail: string | null;
}

/** Epoch milliseconds at which it stopped or will stop being pending. */
interface Kept extends Challenge {
  readonly endedAt: number;
}

export interface ChallengeBook {
  offer(challenger: Side, challenged: Side): Challenge;
  find(challengeId: string): Challenge | undefined;
  /** Ends a pending challenge. */
  end(challengeId: string, status: Exclude<ChallengeStatus, 'pending' | 'expired'>, detail?: string): void;
  /** All challenges, the newest first. */
  all(): Challenge[];
  /** Challenges without an answer, the oldest first. */
  pending(): Challenge[];
}

export function createChallengeBook(
  { now }: Pick<HttpPlatform, 'now'>,
  { challengeTtlMs, keepEndedChallenges, keepEndedChallengesMs }: HttpLimits,
): ChallengeBook {
  const kept = new Map<string, Kept>();

  /** The clock decides whether a challenge is expired, so that no timer is needed. */
  function current(challenge: Kept): Challenge {
    const { endedAt, ...shown } = challenge;
    return shown.status === 'pending' && endedAt <= now() ? { ...shown, status: 'expired' } : shown;
  }

  function forgetOld(): void {
    const ended = [...kept.values()].filter(({ endedAt }) => endedAt <= now());
    const oldestFirst = ended.toSorted((one, other) => one.endedAt - other.endedAt);
    const tooMany = oldestFirst.length - keepEndedChallenges;
    for (const [index, { challengeId, endedAt }] of oldestFirst.entries()) {
      if (index < tooMany || endedAt + keepEndedChallengesMs <= now()) kept.delete(challengeId);
    }
  }

  function list(): Challenge[] {
    forgetOld();
    return [...kept.values()].map(current);
  }

  return {
    offer(challenger, challenged) {
      forgetOld();
      const expiresAt = now() + challengeTtlMs;
      const challenge: Kept = {
        challengeId: randomUUID(),
        challenger: { botId: challenger.botId, name: challenger.name },
        challenged: { botId: challenged.botId, name: challenged.name },
        expiresAt,
        endedAt: expiresAt,
        status: 'pending',
        detail: null,
      };
      kept.set(challenge.challengeId, challenge);
      return current(challenge);
    },
    find(challengeId) {
      forgetOld();
      const challenge = kept.get(challengeId);
      return challenge && current(challenge);
    },
    end(challengeId, status, detail) {
      const challenge = kept.get(challengeId);
      if (challenge === undefined) return;
      kept.set(challengeId, { ...challenge, status, detail: detail ?? null, endedAt: now() });
    },
    all: () => list().toReversed(),
    pending: () => list().filter(({ status }) => status === 'pending'),
  };
}
