/** A parser of times. */
import { InvalidArgumentError } from 'commander';

/** Epoch milliseconds of an ISO 8601 time or day, which is UTC if it names no zone. */
export function timeArgument(text: string): number {
  const at = timeAt(text);
  if (at === null) throw new InvalidArgumentError('Give a time such as 2026-11-27T22:00Z.');
  return at;
}

/** Null: no such time. */
function timeAt(text: string): number | null {
  const isTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text);
  const hasZone = isTime?.[1] !== undefined || !text.includes('T');
  const at = isTime === null ? Number.NaN : Date.parse(hasZone ? text : `${text}Z`);
  // 31 February is read as a day in March.
  const day = text.slice(0, 'YYYY-MM-DD'.length);
  const isDay = isTime !== null && new Date(`${day}T00:00Z`).toISOString().startsWith(day);
  return !Number.isNaN(at) && isDay ? at : null;
}

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Epoch milliseconds of a time to come: `+90s`, `+2m`, `+1h` from now, or as `timeArgument` reads it.
 *
 * @param now epoch milliseconds.
 */
export function momentArgument(text: string, now: number): number {
  const [, number, unit = ''] = /^\+(\d{1,6}(?:\.\d{1,3})?)([smhd])$/.exec(text) ?? [];
  if (number !== undefined) return Math.round(now + Number(number) * (unitMs[unit] ?? 0));
  const at = timeAt(text);
  if (at === null) {
    throw new InvalidArgumentError(
      'Give a time from now such as +90s, +2m or +1h, or one such as 2026-11-27T22:00Z.',
    );
  }
  if (at > now) return at;
  throw new InvalidArgumentError(`That time is past: ${new Date(at).toISOString()}.`);
}
