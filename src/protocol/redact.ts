/** Text from the network, made fit to keep and to show: without our secret, without control characters, short. */

const mask = '[token]';

/** Everything Unicode calls "other" (controls, format and private characters, lone surrogates) and line separators. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * Strips control and invisible characters and cuts to `maxLength` UTF-16 units, so that text of a stranger can go
 * to a terminal or a log line.
 */
export function printable(text: string, maxLength: number): string {
  // Cut before the search too: the text may be megabytes long.
  const clean = text.slice(0, maxLength * 4).replace(unprintable, '');
  return clean.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '');
}

/**
 * Puts `[token]` in place of every occurrence of the secret. An empty secret changes nothing. For plain text: close
 * reasons, error messages.
 */
export function redactSecret(text: string, secret: string): string {
  return secret === '' ? text : text.replaceAll(secret, mask);
}

/** Characters without width may stand anywhere in it: whoever strips them later would put the token together. */
const anyToken = new RegExp(`${'cz_extbot'.split('').join('\\p{Cf}*')}\\p{Cf}*_(?:\\p{Cf}*\\w)+`, 'gu');

/** Masks whatever looks like a bot's token, also one that was typed in the wrong place and is no known secret. */
export function maskTokens(text: string): string {
  return text.replace(anyToken, mask);
}

/** JSON's short escapes; every character can be written as its code besides. */
const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['/', '\\/'],
]);

/** A pattern for all the ways in which JSON text can spell a string. */
function spellings(text: string): RegExp {
  const units = Array.from({ length: text.length }, (_, index) => {
    const hex = text.charCodeAt(index).toString(16).padStart(4, '0');
    const anyCase = hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
    const short = shortEscapes.get(text.charAt(index))?.replaceAll('\\', '\\\\');
    return `(?:\\u${hex}|\\\\u${anyCase}${short === undefined ? '' : `|${short}`})`;
  });
  return new RegExp(units.join(''), 'g');
}

/** What JSON has behind a backslash. */
const escapeLetters = 'bfnrtu"\\/';

/** Is the character at `index` the second half of an escape? */
function isEscaped(text: string, index: number): boolean {
  if (!escapeLetters.includes(text.charAt(index))) return false;
  let backslashes = 0;
  while (text.charAt(index - 1 - backslashes) === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** The pattern of the last secret: a process has one, as a rule, and masks every frame with it. */
let compiled = { secret: '', pattern: /(?!)/g };

/**
 * Puts `[token]` in place of the secret in JSON text, where it may also hide behind escapes (`\u0063z_extbot_...`).
 * Text without the secret comes back unchanged, and so does all text if the secret is empty.
 */
export function redactFrame(text: string, secret: string): string {
  // The usual frame has no escape in it, and plain search is much faster.
  if (secret === '' || !text.includes('\\')) return redactSecret(text, secret);
  if (compiled.secret !== secret) compiled = { secret, pattern: spellings(secret) };
  return text.replace(compiled.pattern, (match, index: number) => (isEscaped(text, index) ? match : mask));
}
