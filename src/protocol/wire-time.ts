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
  if (text.length !== 24 || text[19] !== '.' || text[23] !== 'Z') return null;
  if (!text.startsWith(newestMinute.text)) {
    const minute = usualMinute(text);
    if (minute === null) return null;
    newestMinute = { text: text.slice(0, minuteLength), ms: minute };
  }
  const second = twoDigits(text, 17);
  const ms = twoDigits(text, 20) * 10 + (twoDigits(text, 21) % 10);
  // What is not a digit makes NaN, which no comparison holds for.
  return second <= 59 && ms >= 0 ? newestMinute.ms + second * 1_000 + ms : null;
}

const minuteLength = '2026-02-26T14:00:'.length;

/** The minute that was read last: most frames come in the same one as the frame before. */
let newestMinute = { text: '1970-01-01T00:00:', ms: 0 };

/** When a minute begins; null for days that not every month has. */
function usualMinute(text: string): number | null {
  if (!hasSigns(text)) return null;
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const day = usualDay(text);
  return hour <= 23 && minute <= 59 && day !== null ? day + (hour * 60 + minute) * 60_000 : null;
}

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
  text[4] === '-' && text[7] === '-' && text[10] === 'T' && text[13] === ':' && text[16] === ':';

const zero = 0x30;

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero;
  const ones = text.charCodeAt(at + 1) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
