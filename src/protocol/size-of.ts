/** Bytes of an entry of an object or a list, and of a text besides its characters. Roughly what V8 takes. */
const entryBytes = 16;
const objectBytes = 48;

/**
 * Roughly how many bytes of memory plain data from JSON takes. It is for limits: an object that is shared is counted
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
