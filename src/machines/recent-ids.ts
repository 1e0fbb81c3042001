/**
 * The newest ids of many, immutable and as plain data, made for contexts of machines. Neither adding an id nor looking for one
 * touches more than a few of them: the others lie in memory that was last used as many turns ago, and fetching it takes
 * longer than comparing them.
 */
export interface RecentIds {
  readonly newest: string | null;
  /** How many ids there are in `young`. */
  readonly count: number;
  /** Ids by the remainder of their hash. */
  readonly young: IdBuckets;
  /** The generation before, which is forgotten when `young` is full and takes its place. */
  readonly old: IdBuckets;
}

type IdBuckets = readonly (readonly string[])[];

const bucketCount = 16;
const noBuckets: IdBuckets = Array.from({ length: bucketCount }, () => []);

export const noRecentIds: RecentIds = { newest: null, count: 0, young: noBuckets, old: noBuckets };

function bucketOf(id: string): number {
  let hash = 0;
  for (let index = 0; index < id.length; index++) hash = (Math.imul(hash, 31) + id.charCodeAt(index)) | 0;
  return (hash >>> 0) % bucketCount;
}

export function isRecent({ young, old }: RecentIds, id: string): boolean {
  const bucket = bucketOf(id);
  return (young[bucket]?.includes(id) || old[bucket]?.includes(id)) ?? false;
}

/** @param kept at least so many of the newest ids are remembered, and at most twice as many. */
export function withRecentId({ count, young, old }: RecentIds, id: string, kept: number): RecentIds {
  if (count >= kept) return withRecentId({ newest: id, count: 0, young: noBuckets, old: young }, id, kept);
  const bucket = bucketOf(id);
  const buckets = young.with(bucket, [...(young[bucket] ?? []), id]);
  return { newest: id, count: count + 1, young: buckets, old };
}
