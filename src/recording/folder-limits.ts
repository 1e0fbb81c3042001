/** What a folder of recordings may hold, and how users say so. */

/** Each limit is over all files in it, whoever wrote them. */
export interface RecordLimits {
  maxBytes: number;
  /** Since the match began. */
  maxAgeMs: number;
  maxMatches: number;
}

export const recordDefaults = { sizeMb: 4_096 } as const;

const bytesPerMb = 1024 * 1024;
const dayMs = 24 * 60 * 60 * 1000;

/** The limits as users give them. */
export interface GivenLimits {
  sizeMb?: number | undefined;
  days?: number | undefined;
  keep?: number | undefined;
}

export function recordLimitsOf({ sizeMb, days, keep }: GivenLimits): RecordLimits {
  return {
    maxBytes: (sizeMb ?? recordDefaults.sizeMb) * bytesPerMb,
    maxAgeMs: (days ?? Number.POSITIVE_INFINITY) * dayMs,
    maxMatches: keep ?? Number.POSITIVE_INFINITY,
  };
}
