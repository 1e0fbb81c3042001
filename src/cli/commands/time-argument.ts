/** A parser of times. */
import { InvalidArgumentError } from 'commander';

/** Epoch milliseconds of an ISO 8601 time or day, which is UTC if it names no zone. */
export function timeArgument(text: string): number {
  const isTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text);
  const hasZone = isTime?.[1] !== undefined || !text.includes('T');
  const at = isTime === null ? Number.NaN : Date.parse(hasZone ? text : `${text}Z`);
  // 31 February is read as a day in March.
  const day = text.slice(0, 'YYYY-MM-DD'.length);
  const isDay = isTime !== null && new Date(`${day}T00:00Z`).toISOString().startsWith(day);
  if (!Number.isNaN(at) && isDay) return at;
  throw new InvalidArgumentError('Give a time such as 2026-11-27T22:00Z.');
}
