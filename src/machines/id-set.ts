/**
 * An immutable set of ids as plain data, made for contexts of machines: adding an id copies one bucket, so a session can
 * remember every match it ever had.
 */
export type IdSet = Readonly<Record<number, readonly string[]>>;

const bucketCount = 256;

export const noIds: IdSet = {};

function bucketOf(id: string): number {
  let hash = 0;
  for (let index = 0; index < id.length; index++) hash = (Math.imul(hash, 31) + id.charCodeAt(index)) | 0;
  return (hash >>> 0) % bucketCount;
}

export const hasId = (ids: IdSet, id: string): boolean => ids[bucketOf(id)]?.includes(id) ?? false;

export function withId(ids: IdSet, id: string): IdSet {
  return hasId(ids, id) ? ids : { ...ids, [bucketOf(id)]: [...(ids[bucketOf(id)] ?? []), id] };
}

export function withoutId(ids: IdSet, id: string): IdSet {
  if (!hasId(ids, id)) return ids;
  return { ...ids, [bucketOf(id)]: ids[bucketOf(id)]?.filter((one) => one !== id) ?? [] };
}
