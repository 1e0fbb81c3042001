import { createHash } from 'node:crypto';

/** The id of a house bot: a UUID that is the same on every platform and after every restart. */
export function houseBotId(name: string): string {
  const hex = createHash('sha256').update(`house-bot:${name}`).digest('hex');
  // RFC 9562 5.8: version 8 is for custom ids.
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
