/** What an entry of an object or a list, and what a text takes besides its characters, in bytes. Roughly V8's. */
const entryBytes = 16;
const objectBytes = 48;

/**
 * Roughly how many bytes of memory plain data takes, as it comes out of JSON. It is for limits: what is shared is counted
 * each time.
 */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return entryBytes + value.length;
  if (typeof value !== 'object' || value === null) return entryBytes;
  let bytes = objectBytes;
  if (Array.isArray(value)) {
    for (const item of value) bytes += sizeOf(item);
    return bytes;
  }
  for (const key in value) bytes += entryBytes + key.length + sizeOf((value as Record<string, unknown>)[key]);
  return bytes;
}
