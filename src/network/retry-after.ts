/** When a server that refused a connection or a request wants the next attempt (RFC 9110 10.2.3). */

const defaults = {
  maxMs: 600_000,
  /** How far ahead a year of two digits can be (RFC 9110 5.6.7). */
  maxYearsAhead: 50,
} as const;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const day = '(?:mon|tue|wed|thu|fri|sat|sun)';
const longDay = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const month = `(?<month>${months.join('|')})`;
const time = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)';

/** The forms of RFC 9110 5.6.7: IMF-fixdate, that of RFC 850, and that of asctime, which names no zone. */
const forms = [
  `${day}, (?<date>\\d\\d) ${month} (?<year>\\d{4}) ${time} (?:gmt|utc)`,
  `${longDay}, (?<date>\\d\\d)-${month}-(?<year>\\d\\d) ${time} (?:gmt|utc)`,
  `${day} ${month} {1,2}(?<date>\\d{1,2}) ${time} (?<year>\\d{4})`,
].map((form) => new RegExp(`^${form}$`));

/**
 * A date of an HTTP header in epoch milliseconds: all of its forms are in UTC. Null when it is not a date.
 *
 * @param nowMs epoch milliseconds, for the century of a year with two digits.
 */
export function parseHttpDate(text: string, nowMs: number): number | null {
  const lower = text.trim().toLowerCase();
  const parts = forms.map((form) => form.exec(lower)?.groups).find((groups) => groups !== undefined);
  if (parts === undefined) return null;
  const year = parts['year'] ?? '';
  if (year.length === 4) return epochOf(parts, Number(year));
  const latest = new Date(nowMs);
  const century = Math.floor(latest.getUTCFullYear() / 100) * 100;
  latest.setUTCFullYear(latest.getUTCFullYear() + defaults.maxYearsAhead);
  const years = [century + 100, century, century - 100].map((first) => first + Number(year));
  const epochs = years.map((full) => epochOf(parts, full));
  return epochs.find((epoch) => epoch !== null && epoch <= latest.getTime()) ?? null;
}

function epochOf(parts: Readonly<Record<string, string>>, year: number): number | null {
  const [date = 0, hour = 0, minute = 0, second = 0] = ['date', 'hour', 'minute', 'second'].map((part) =>
    Number(parts[part]),
  );
  // 60: a leap second.
  if (hour > 23 || minute > 59 || second > 60) return null;
  // Not `Date.UTC`: it reads the years 0 to 99 as 1900 to 1999.
  const moment = new Date(0);
  moment.setUTCFullYear(year, months.indexOf(parts['month'] ?? ''), date);
  return moment.getUTCDate() === date ? moment.setUTCHours(hour, minute, second) : null;
}

/** The two headers of a response that say how long to wait. */
interface WaitHeaders {
  'retry-after'?: string | undefined;
  date?: string | undefined;
}

/**
 * How long to wait, in ms. A date is on the server's clock, as is the response's own `Date`: the local clock is used
 * only without one. Undefined when there is no header that can be read, and when it leaves nothing to wait for: callers
 * have a pace of their own then.
 *
 * @param wallNowMs epoch milliseconds.
 * @param maxMs longer waits are cut to this. Default: ten minutes.
 */
export function readRetryAfter(
  { 'retry-after': header, date: sentAt }: WaitHeaders,
  wallNowMs: number,
  maxMs: number = defaults.maxMs,
): number | undefined {
  const value = header?.trim() ?? '';
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : untilDate(value, sentAt, wallNowMs);
  return ms === null || ms <= 0 ? undefined : Math.min(ms, maxMs);
}

function untilDate(value: string, sentAt: string | undefined, wallNowMs: number): number | null {
  const serverNow = parseHttpDate(sentAt ?? '', wallNowMs) ?? wallNowMs;
  const until = parseHttpDate(value, serverNow);
  return until === null ? null : until - serverNow;
}
