/**
 * Reads a time as servers write it, an ISO 8601 date (docs/protocol.md 4), into epoch milliseconds. Each frame has one, and
 * `Date.parse` takes a microsecond for it; so the form that programs write, `2026-02-26T14:00:00.000Z`, is read here.
 *
 * @returns what `Date.parse` returns, NaN for what is no date included.
 */
export function readWireTime(text: string): number {
  return usualTime(text) ?? Date.parse(text);
}

/** Null for every other form, and for days that not every month has. */
function usualTime(text: string): number | null {
  if (text.length !== 24 || !hasSigns(text)) return null;
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  const ms = twoDigits(text, 20) * 10 + (twoDigits(text, 21) % 10);
  // What is not a digit makes NaN, which no comparison holds for.
  if (!(hour <= 23 && minute <= 59 && second <= 59 && ms >= 0)) return null;
  if (!text.startsWith(newestDay.text)) {
    const day = usualDay(text);
    if (day === null) return null;
    newestDay = { text: text.slice(0, dayLength), ms: day };
  }
  return newestDay.ms + ((hour * 60 + minute) * 60 + second) * 1_000 + ms;
}

const dayLength = 'YYYY-MM-DD'.length;

/** The day that was read last: frames come on the same one for hours. */
let newestDay = { text: '1970-01-01', ms: 0 };

/** When a day begins; null for days that not every month has. */
function usualDay(text: string): number | null {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  // `Date.UTC` takes years below 100 for those of 1900.
  const isUsual = year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
  return isUsual ? Date.UTC(year, month - 1, day) : null;
}

const hasSigns = (text: string): boolean =>
  text[4] === '-' &&
  text[7] === '-' &&
  text[10] === 'T' &&
  text[13] === ':' &&
  text[16] === ':' &&
  text[19] === '.' &&
  text[23] === 'Z';

const zero = 0x30;

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero;
  const ones = text.charCodeAt(at + 1) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
