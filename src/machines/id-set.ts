/**
 * An immutable set of ids as plain data, made for contexts of machines: adding an id copies one bucket, so a session can
 * remember every match it ever had.
 */
export type IdSet = Readonly<Record<number, readonly string[]>>;

const bucketCount = 256;

export const noIds: IdSet = {};

/** FNV-1a. */
function bucketOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % bucketCount;
}

const sameBucket = (ids: IdSet, id: string): readonly string[] => ids[bucketOf(id)] ?? [];

export const hasId = (ids: IdSet, id: string): boolean => sameBucket(ids, id).includes(id);

/** The same set when the id is in it. */
export function withId(ids: IdSet, id: string): IdSet {
  return hasId(ids, id) ? ids : { ...ids, [bucketOf(id)]: [...sameBucket(ids, id), id] };
}

/** The same set when the id is not in it. */
export function withoutId(ids: IdSet, id: string): IdSet {
  if (!hasId(ids, id)) return ids;
  return { ...ids, [bucketOf(id)]: sameBucket(ids, id).filter((one) => one !== id) };
}
