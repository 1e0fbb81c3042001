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

/** JSON's escapes of characters that need none, and the escape before any other character, to step over it. */
const escape = /\\(?:u([0-9a-f]{4})|(.))/gi;
const needlessEscape = /\\(?:u00[2-7]|\/)/i;

function unescapeJson(text: string): string {
  return text.replace(escape, (whole: string, hex: string | undefined, plain: string | undefined) => {
    if (hex === undefined) return plain === '/' ? '/' : whole;
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return character < ' ' || character === '"' || character === '\\' ? whole : character;
  });
}

/**
 * The same for the JSON text of a frame, where a secret may also hide behind escapes (`\u0063z_extbot_...`). A frame
 * without the secret comes back unchanged.
 */
export function redactFrame(text: string, secret: string): string {
  if (secret === '') return text;
  const needle = JSON.stringify(secret).slice(1, -1);
  const redacted = text.replaceAll(needle, mask);
  if (!needlessEscape.test(redacted)) return redacted;
  const plain = unescapeJson(redacted);
  return plain.includes(unescapeJson(needle)) ? plain.replaceAll(unescapeJson(needle), mask) : redacted;
}
