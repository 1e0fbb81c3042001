/** Times as clocks of a zone show them, which text formats write. */

/** As a clock shows it; months and days from 1. */
export interface ClockTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** May have a fraction. */
  readonly second: number;
}

/** Making one takes longer than all else here. */
const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  let made: Intl.DateTimeFormat | null = null;
  try {
    made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    // No such zone.
  }
  formats.set(zone, made);
  return made;
}

/**
 * What a clock of this zone shows.
 *
 * @param at epoch milliseconds.
 * @param zone an IANA name such as `America/New_York`; null is returned for one that does not exist.
 */
export function clockTimeOf(at: number, zone: string): ClockTime | null {
  const parts = new Map(
    formatOf(zone)
      ?.formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  if (parts.size === 0) return null;
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

/**
 * When a clock of this zone shows that, in epoch milliseconds: the earlier time in the hour that a clock shows twice. Null
 * for a zone or a date that does not exist.
 */
export function epochOf(shown: ClockTime, zone: string): number | null {
  const asUtc = utcOf(shown);
  if (Number.isNaN(asUtc)) return null;
  if (zone === 'UTC') return asUtc;
  const offsets = new Set<number>();
  for (const near of [asUtc - 86_400_000, asUtc + 86_400_000]) {
    const there = clockTimeOf(near, zone);
    if (there === null) return null;
    offsets.add(utcOf(there) - Math.floor(near / 1_000) * 1_000);
  }
  const fits = [...offsets]
    .map((offset) => asUtc - offset)
    .filter((at) => {
      const there = clockTimeOf(at, zone);
      return there !== null && utcOf(there) === Math.floor(asUtc / 1_000) * 1_000;
    });
  return fits.length > 0 ? Math.min(...fits) : asUtc - Math.min(...offsets);
}

function utcOf({ year, month, day, hour, minute, second }: ClockTime): number {
  const at = Date.UTC(year, month - 1, day, hour, minute, 0, Math.round(second * 1_000));
  const date = new Date(at);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? at : Number.NaN;
}
