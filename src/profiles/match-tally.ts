import { noProfileCounts, type ProfileCounts } from './profile-statistics.js';

/** What was counted of one bot in one match. */
export interface MatchTally {
  readonly matchId: string;
  /** Epoch milliseconds; null: not known. */
  startedAt: number | null;
  /** The numbers of the hands that were counted. */
  readonly numbers: Set<number>;
  /** With those that have no number. */
  hands: number;
  readonly counts: ProfileCounts;
}

export function newTally(matchId: string, startedAt: number | null = null): MatchTally {
  return { matchId, startedAt, numbers: new Set(), hands: 0, counts: noProfileCounts() };
}
