/** Text as a reader may see it: with JSON's escapes resolved, and without characters that are dropped or not shown. */

/** What JSON may write in place of a character. A surrogate pair is one character. */
const escapes = /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\["\\/bfnrt]/g;

const escapesAndQuotes = new RegExp(`${escapes.source}|"`, 'g');

/** A quote that is not escaped ends a string of JSON: no text continues behind it. */
const endOfString = '␄';

/** Everything Unicode calls "other", line separators, combining characters, and characters without a width. */
const invisible = '[\\p{C}\\p{Zl}\\p{Zp}\\p{M}\\p{Default_Ignorable_Code_Point}]';

/** Colours, cursor movements, links and titles: a terminal obeys them and shows nothing (ECMA-48 5.4, 5.6). */
const sequences = [
  '(?:\\u{1b}\\[|\\u{9b})[0-?]*[ -/]*[@-~]',
  '(?:\\u{1b}[\\]PX^_]|[\\u{90}\\u{98}\\u{9d}-\\u{9f}])\\P{Cc}*(?:\\u{1b}\\\\)?',
].join('|');

/**
 * Matching many at once is faster; without a limit the regular expression would overflow the stack in a text of
 * megabytes.
 */
const stripped = new RegExp(`${invisible}{1,256}`, 'gu');
const obeyed = new RegExp(`${sequences}|${invisible}`, 'gu');

const introducers = '[\\u{1b}\\u{90}-\\u{9f}]';
const beginsSequence = new RegExp(introducers, 'u');

/** Matches what is dropped. */
export type Reading = RegExp;

/**
 * The ways in which a text may be shown: some readers obey a terminal sequence, others drop its first character and
 * show the rest.
 */
export function readingsOf(text: string): readonly Reading[] {
  return beginsSequence.test(text) ? [stripped, obeyed] : [stripped];
}

/** Whether a text contains escapes, invisible characters or anything but ASCII: it may not be what it looks like. */
export function isUnclear(text: string): boolean {
  return /[^ -[\]-~]/.test(text);
}

const meanings: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

function unescape(spelled: string): string {
  if (spelled === '"') return endOfString;
  const letter = spelled.charAt(1);
  if (letter !== 'u') return meanings.get(letter) ?? letter;
  const codes = spelled.split('\\u').slice(1);
  return String.fromCharCode(...codes.map((code) => Number.parseInt(code, 16)));
}

/** Resolves JSON's escapes. Quotes that end strings stay as they are. */
export function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(escapes, unescape) : text;
}

/** The text without the characters that this reading drops. */
export function fold(text: string, reading: Reading): string {
  return text.replace(reading, '');
}

/** Folded text, and for each of its UTF-16 units where it begins and ends in the text that was folded. */
export interface Folded {
  text: string;
  starts: Uint32Array;
  ends: Uint32Array;
}

function unfolded(text: string): Folded {
  const starts = new Uint32Array(text.length);
  for (let index = 0; index < starts.length; index++) starts[index] = index;
  return { text, starts, ends: starts.map((start) => start + 1) };
}

/** Replaces each match. The replacement must not be longer than the match. */
function replaced({ text, starts, ends }: Folded, pattern: RegExp, by: (found: string) => string): Folded {
  const next: Folded = { text: '', starts: new Uint32Array(text.length), ends: new Uint32Array(text.length) };
  let copied = 0;
  const copyUpTo = (end: number): void => {
    next.starts.set(starts.subarray(copied, end), next.text.length);
    next.ends.set(ends.subarray(copied, end), next.text.length);
    next.text += text.slice(copied, end);
  };
  for (const { 0: found, index } of text.matchAll(pattern)) {
    copyUpTo(index);
    const put = by(found);
    copied = index + found.length;
    const at = next.text.length;
    next.starts.fill(starts[index] ?? 0, at, at + put.length);
    next.ends.fill(ends[copied - 1] ?? 0, at, at + put.length);
    next.text += put;
  }
  copyUpTo(text.length);
  const { length } = next.text;
  return { text: next.text, starts: next.starts.subarray(0, length), ends: next.ends.subarray(0, length) };
}

/** Resolves the escapes if `readsEscapes`, then folds, and keeps the places. Quotes that end strings end a text. */
export function foldWithPlaces(text: string, reading: Reading, readsEscapes: boolean): Folded {
  const whole = unfolded(text);
  return replaced(readsEscapes ? replaced(whole, escapesAndQuotes, unescape) : whole, reading, () => '');
}
